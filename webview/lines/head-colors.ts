import { contrast, type Rgb } from '../color/oklab.ts';

/**
 * Eight colours for dark and eight for light backgrounds, the first the most distinct. Found by a search that made the
 * smallest distance of any two in OKLab as large as could be, for full colour vision and as protanopes, deuteranopes
 * and tritanopes see them (Machado et al. 2009), with a contrast of 3 : 1 to the background; a test holds them to that.
 */
const DARK: readonly Rgb[] = [
  [86, 180, 233],
  [231, 166, 6],
  [177, 77, 147],
  [124, 131, 5],
  [0, 249, 250],
  [208, 236, 131],
  [255, 108, 151],
  [2, 122, 228],
];
const LIGHT: readonly Rgb[] = [
  [0, 99, 211],
  [229, 101, 17],
  [118, 0, 69],
  [70, 28, 148],
  [176, 39, 11],
  [143, 134, 215],
  [125, 82, 130],
  [9, 163, 126],
];

export interface HeadStyle {
  readonly color: Rgb;
  /** From the ninth head on colours come again, with lines that are dashed, then dotted. */
  readonly dash: readonly number[];
}

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3]];

/** How the lines of a head are drawn. @param head 0-based */
export function headStyle(head: number, background: Rgb): HeadStyle {
  const colors = contrast([255, 255, 255], background) > contrast([0, 0, 0], background) ? DARK : LIGHT;
  return { color: colors[head % 8]!, dash: DASHES[Math.floor(head / 8) % DASHES.length]! };
}
