import type { WholeView } from '../../src/contract/view.ts';
import { COLORS, element, middle, muted, picture, right, text, two } from './drawing.ts';

/** Cross- and self-attention of one pair: whose words ask (rows), and whose are asked (columns). */
export function kindsPicture(cross: WholeView, self: WholeView): string {
  return picture(
    text(150, 34, 'Q ← zh · K, V ← en', { ...muted, ...middle }),
    map(cross, 62, 130, 22),
    text(392, 34, 'Q, K, V ← en', { ...muted, ...middle }),
    map(self, 318, 130, 22),
  );
}

function map({ rows, cols, map: { weights } }: WholeView, left: number, top: number, cell: number): string {
  return [
    ...cols.map(({ text: word }, col) => {
      const [x, y] = [left + (col + 0.6) * cell, top - 8];
      return text(x, y, word, { transform: `rotate(-45 ${two(x)} ${y})`, 'font-size': 12 });
    }),
    ...rows.flatMap(({ text: word }, row) => [
      text(left - 8, top + row * cell + 16, word, { ...right, 'font-size': 12 }),
      ...cols.map((_, col) => {
        const place = { x: left + col * cell, y: top + row * cell, width: cell - 1, height: cell - 1 };
        const weight = weights[row * cols.length + col];
        return (
          element('rect', { ...place, fill: COLORS.surface }) +
          element('rect', { ...place, fill: COLORS.accent, 'fill-opacity': two(weight) })
        );
      }),
    ]),
  ].join('');
}
