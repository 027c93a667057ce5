import { contrast, type Rgb } from '../color/oklab.ts';

/**
 * Eight colours that those with colour-blindness tell apart as well, in a version for dark and one for light
 * backgrounds. Source: Okabe and Ito 2008, "Color Universal Design".
 */
const DARK: readonly Rgb[] = [
  [86, 180, 233],
  [230, 159, 0],
  [0, 190, 140],
  [240, 228, 66],
  [224, 140, 186],
  [236, 112, 40],
  [120, 150, 255],
  [190, 190, 190],
];
const LIGHT: readonly Rgb[] = [
  [0, 114, 178],
  [166, 92, 0],
  [0, 115, 85],
  [126, 106, 0],
  [164, 62, 120],
  [190, 60, 0],
  [60, 70, 190],
  [90, 90, 90],
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
