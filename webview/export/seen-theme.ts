import { mix, toLab, toRgb } from '../color/oklab.ts';
import { theme } from '../color/theme.ts';
import type { PictureTheme } from './picture.ts';

/** How much of the foreground is left in what stands back. */
const MUTED = 0.74;

/** The colours that the window has right now. */
export function seenTheme(): PictureTheme {
  const { palette } = theme;
  const { foreground, background, accent, focus } = theme.colors;
  return { palette, foreground, accent, muted: toRgb(mix(toLab(background), toLab(foreground), MUTED)), focus };
}
