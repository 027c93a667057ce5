import type { ExplorationView } from '../../src/contract/view.ts';
import { css } from '../color/palette.ts';
import type { theme } from '../color/theme.ts';
import { dimmed } from './cell-color.ts';
import { cellText } from './cell-text.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';
import { readyContext } from './ready-context.ts';
import type { ValueScale } from './value-scale.ts';

/**
 * Writes the numbers of all cells onto one canvas over them: drawn, not said, since a cell's name has its number with
 * all its places. As text of the elements they would be laid out one by one at every step.
 */
export function paintNumbers(
  canvas: HTMLCanvasElement,
  view: ExplorationView,
  layout: HeatmapLayout,
  scale: ValueScale,
  { palette, font }: Pick<typeof theme, 'palette' | 'font'>,
): void {
  const { cellWidth, rowHeight, bodyWidth, bodyHeight } = layout;
  const context = readyContext(canvas, { width: bodyWidth, height: bodyHeight }, `11px ${font}`);
  if (!context) return;
  const cols = view.cols.length;
  const dim = view.state.special === 'dim';
  view.values.forEach((value, at) => {
    const text = cellText(view.of, value, cellWidth - 1, rowHeight - 1);
    if (!text) return;
    const [row, col] = [Math.floor(at / cols), at % cols];
    let color = scale.color(value, palette);
    if (dim && (view.rows[row]!.special || view.cols[col]!.special)) color = dimmed(color, palette);
    context.fillStyle = css(palette.ink(color));
    context.fillText(text, col * cellWidth + (cellWidth - 1) / 2, row * rowHeight + (rowHeight - 1) / 2 + 0.5);
  });
}
