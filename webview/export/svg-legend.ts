import type { MatrixOf } from '../../src/contract/choices.ts';
import { legendWords } from '../heatmap/legend-words.ts';
import { ramp } from '../heatmap/ramp.ts';
import type { ValueScale } from '../heatmap/value-scale.ts';
import { hex } from './hex.ts';
import { FONTS, type Measure, type PictureTheme } from './picture.ts';
import { svgElement } from './svg.ts';
import { svgLabel } from './svg-labels.ts';

export const LEGEND_HEIGHT = 16;

const SIZE = 11;

const RAMP = 144;

const GAP = 8;

/** Enough that no step is seen; a gradient would need an id, which two pictures in a document would share. */
const STEPS = 47;

/** The scale's colours with the numbers at its ends and the name of the values, from (x, y) on. */
export function svgLegend(
  of: MatrixOf,
  scale: ValueScale,
  x: number,
  y: number,
  theme: PictureTheme,
  measure: Measure,
): { readonly content: string; readonly width: number } {
  const words = legendWords(of, scale);
  const colors = ramp(scale, theme.palette, STEPS);
  const middle = y + LEGEND_HEIGHT / 2;
  const label = (text: string, at: number) =>
    svgLabel(text, { x: at, y: middle, size: SIZE, fill: hex(theme.muted), align: 'left' });
  const [from, to, name] = measure([words.from, words.to, words.name], `${SIZE}px ${FONTS}`) as [
    number,
    number,
    number,
  ];
  const left = x + from + GAP;
  const right = left + RAMP + GAP;
  const width = RAMP / colors.length;
  // Each a little wider than its part, so that no reader lets the background through; the last one is not.
  const steps = colors.map((color, i) =>
    svgElement('rect', {
      x: left + i * width,
      y: middle - 4,
      width: i === colors.length - 1 ? width : width + 1,
      height: 8,
      fill: hex(color),
    }),
  );
  return {
    content: [label(words.from, x), ...steps, label(words.to, right), label(words.name, right + to + GAP)].join('\n'),
    width: right + to + GAP + name - x,
  };
}
