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
