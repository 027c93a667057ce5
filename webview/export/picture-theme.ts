import type { ColorMap } from '../../src/contract/choices.ts';
import type { PageTheme } from '../../src/contract/picture-request.ts';
import { mix, type Rgb, toLab, toRgb } from '../color/oklab.ts';
import { type Palette, palette, type ThemeColors } from '../color/palette.ts';
import { theme } from '../color/theme.ts';

/** The colours of VS Code's light theme, on white paper. */
const PRINT_COLORS: ThemeColors = {
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

/** How much of the foreground is left in what stands back. */
const MUTED = 0.74;

/** The colours that the window has right now. */
export function currentTheme(): PictureTheme {
  const { palette } = theme;
  const { foreground, background, accent, focus } = theme.colors;
  return { palette, foreground, accent, muted: toRgb(mix(toLab(background), toLab(foreground), MUTED)), focus };
}

/** The theme of this page, as far as variables are wanted and it has them. */
export function pageTheme(names: readonly string[]): PageTheme {
  const style = getComputedStyle(document.documentElement);
  const found = names.map((name) => [name, style.getPropertyValue(name).trim()] as const);
  return {
    bodyClass: document.body.className,
    variables: Object.fromEntries(found.filter(([, value]) => value !== '')),
  };
}

/** A picture that stands on its own: an SVG document, and its size in px. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Colours of a picture. */
export interface PictureTheme {
  readonly palette: Palette;
  readonly foreground: Rgb;
  /** Of lines. */
  readonly accent: Rgb;
  readonly muted: Rgb;
  /** Around the query's row. */
  readonly focus: Rgb;
}

/** @returns width of each text in px, in the font given (CSS shorthand) */
export type Measure = (texts: readonly string[], font: string) => number[];

/** Fonts that are somewhere, for every script; the reader of the picture has one of them or its own. */
export const FONTS =
  "'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
