/** 1,281,024: exact, as every count is that a person may want to check. */
export function formatNumber(value: number): string {
  // The engine's own way loads its tables of languages when it is first asked, which holds the host up for 12 ms.
  if (Number.isSafeInteger(value)) return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  return value.toLocaleString('en-US');
}

/** 512 B, 3.0 KiB, 8.0 MiB: as memory is counted, by 1,024. */
export function formatBinaryBytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let amount = value;
  let unit = 0;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${unit === 0 ? formatNumber(amount) : amount.toFixed(amount < 100 ? 1 : 0)} ${units[unit]}`;
}

/**
 * The shortest decimal that names this 32-bit float and no other: 0.1, not 0.10000000149011612. Reading it back and
 * rounding to 32 bits gives the same number.
 * @param x finite, as a Float32Array holds it
 */
export function floatText(x: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === x) return String(short);
  }
  return String(Number(x.toPrecision(9)));
}
