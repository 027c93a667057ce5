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
