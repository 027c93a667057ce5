import { headStyle } from '../lines/head-colors.ts';
import { hex } from './hex.ts';
import { FONTS, type Measure, type PictureTheme } from './picture.ts';
import { svgElement } from './svg.ts';
import { svgLabel } from './svg-labels.ts';

const SIZE = 11;

const STROKE = 18;

const LINE = 20;

/** Heads in a line. */
const PER_LINE = 8;

/** The heads of a layer with the strokes that their lines have, from (0, 0) on. */
export function svgHeads(
  heads: number,
  theme: PictureTheme,
  measure: Measure,
): { readonly content: string; readonly width: number; readonly height: number } {
  const step = STROKE + 6 + measure([`H${heads}`], `${SIZE}px ${FONTS}`)[0]! + 14;
  const entries = Array.from({ length: heads }, (_, head) => {
    const { color, dash } = headStyle(head, theme.palette.background);
    const x = (head % PER_LINE) * step;
    const y = Math.floor(head / PER_LINE) * LINE + SIZE / 2;
    const stroke = svgElement('path', {
      d: `M${x} ${y}h${STROKE}`,
      stroke: hex(color),
      'stroke-width': 3,
      'stroke-dasharray': dash.length ? dash.join(' ') : undefined,
    });
    return (
      stroke + svgLabel(`H${head + 1}`, { x: x + STROKE + 6, y, size: SIZE, fill: hex(theme.muted), align: 'left' })
    );
  });
  return {
    content: entries.join('\n'),
    width: Math.min(heads, PER_LINE) * step - 14,
    height: Math.ceil(heads / PER_LINE) * LINE + 6,
  };
}
