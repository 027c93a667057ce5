import type { ColorMap } from '../../src/contract/choices.ts';
import { palette, type ThemeColors } from '../color/palette.ts';
import type { PictureTheme } from './picture.ts';

/** The colours of VS Code's light theme, on white paper. */
export const PRINT_COLORS: ThemeColors = {
  background: [255, 255, 255],
  foreground: [31, 31, 31],
  accent: [0, 99, 211],
  negative: [181, 82, 10],
};

/** A light theme for print, whatever the window looks like, in the colour map that the window has. */
export function printTheme(map: ColorMap): PictureTheme {
  return {
    palette: palette(PRINT_COLORS, map),
    foreground: PRINT_COLORS.foreground,
    accent: PRINT_COLORS.accent,
    muted: [90, 90, 90],
    focus: [0, 95, 184],
  };
}
