import { hex } from './hex.ts';
import { FONTS, type Measure, type PictureTheme } from './picture.ts';
import { svgLabel } from './svg-labels.ts';

/** Height of the two lines and the room below them, px. */
export const CAPTION_HEIGHT = 46;

/** The caption's two lines at the top, and how wide they are. */
export function svgCaption(
  [title, place]: readonly [string, string],
  theme: PictureTheme,
  measure: Measure,
): { readonly content: string; readonly width: number } {
  const line = (text: string, y: number, size: number, bold: boolean) =>
    svgLabel(text, { x: 0, y, size, bold, align: 'left', fill: hex(bold ? theme.foreground : theme.muted) });
  return {
    content: line(title, 8, 14, true) + line(place, 28, 11, false),
    width: Math.max(measure([title], `600 14px ${FONTS}`)[0]!, measure([place], `11px ${FONTS}`)[0]!),
  };
}
