/** Number with a true minus sign. */
export const fixed = (x: number, digits: number): string => (x < 0 ? '−' : '') + Math.abs(x).toFixed(digits);

/** 0-based index or 'mean' as `L3`, `H6`, `mean`. */
export const short = (letter: string, index: number | 'mean', mean: string): string =>
  index === 'mean' ? `${letter} ${mean}` : `${letter}${index + 1}`;
