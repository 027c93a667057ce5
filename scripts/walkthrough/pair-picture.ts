import type { WholeView } from '../../src/contract/view.ts';
import { COLORS, chip, chipWidth, element, picture, text, two, WIDTH } from './drawing.ts';

const SOURCE_Y = 110;
const TARGET_Y = 260;

/** A pair: its words in two lines, and what one of them attends to, as strong as the weights are. */
export function pairPicture({ rows, cols, map: { weights }, row }: WholeView): string {
  const sources = line(cols.map(({ text }) => text));
  const targets = line(rows.map(({ text }) => text));
  const from = targets[row];
  const lines = sources.map((to, col) => {
    const weight = weights[row * cols.length + col];
    const path = `M${from.middle} ${TARGET_Y - 18}C${from.middle} ${TARGET_Y - 70} ${to.middle} ${SOURCE_Y + 60} ${to.middle} ${SOURCE_Y + 9}`;
    const look = {
      stroke: COLORS.accent,
      'stroke-width': two(1 + 9 * weight),
      'stroke-opacity': two(0.15 + 0.85 * weight),
    };
    return weight < 0.005 ? '' : element('path', { d: path, 'stroke-linecap': 'round', ...look });
  });
  const strongest = weights.subarray(row * cols.length, (row + 1) * cols.length);
  return picture(
    ...lines,
    ...sources.map(({ x }, i) => chip(x, SOURCE_Y, cols[i].text)),
    ...sources.map(({ middle }, i) =>
      strongest[i] < 0.005
        ? ''
        : text(middle, SOURCE_Y - 30, strongest[i].toFixed(2), {
            'text-anchor': 'middle',
            fill: COLORS.accent,
            'font-weight': 600,
          }),
    ),
    ...targets.map(({ x }, i) => chip(x, TARGET_Y, rows[i].text, i === row)),
  );
}

/** Places of words in the middle of a line. */
function line(words: readonly string[]): { x: number; middle: number }[] {
  const gap = 6;
  const widths = words.map(chipWidth);
  const all = widths.reduce((sum, width) => sum + width + gap, -gap);
  let x = (WIDTH - all) / 2;
  return widths.map((width) => {
    const place = { x: two(x), middle: two(x + width / 2) };
    x += width + gap;
    return place;
  });
}
