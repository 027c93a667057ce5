import { mix, type Rgb, toLab, toRgb } from '../color/oklab.ts';
import type { Palette } from '../color/palette.ts';

/** Cells of dimmed special tokens: most of the way back to the background; their ink is chosen after it. */
export function dimmed(color: Rgb, palette: Palette): Rgb {
  return toRgb(mix(toLab(color), toLab(palette.background), 0.6));
}
