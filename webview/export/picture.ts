import type { Rgb } from '../color/oklab.ts';
import type { Palette } from '../color/palette.ts';

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
