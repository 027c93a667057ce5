/** Number with a true minus sign. */
export const fixed = (x: number, digits: number): string => {
  const text = Math.abs(x).toFixed(digits);
  // What rounds to zero has no sign.
  return x < 0 && Number(text) !== 0 ? `−${text}` : text;
};

/** 0-based index or 'mean' as `L3`, `H6`, `mean`. */
export const short = (letter: string, index: number | 'mean', mean: string): string =>
  index === 'mean' ? `${letter} ${mean}` : `${letter}${index + 1}`;

/** Share as a percentage, as it is said: tiny ones are not zero. */
export const percent = (share: number): string =>
  share >= 0.001 || share === 0 ? `${(share * 100).toFixed(1)} %` : '< 0.1 %';

// One for all: making one takes longer than writing a table.
const WHOLE = new Intl.NumberFormat('en-US');

/** A whole number with separators: the English ones, since the decimals of all other numbers have a point as well. */
export const count = (value: number): string => WHOLE.format(value);

const UNITS = ['B', 'kB', 'MB', 'GB'];

/** Bytes in the unit that reads best, powers of 1000. */
export function bytes(value: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** power;
  return `${scaled.toFixed(power === 0 || scaled >= 100 ? 0 : 1)} ${UNITS[power]}`;
}
