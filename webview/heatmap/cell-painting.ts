import type { ExplorationView } from '../../src/contract/view.ts';
import { css, type Palette } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { dimmed } from './cell-color.ts';
import { isLinked } from './cell-notes.ts';
import { cellText } from './cell-text.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';
import { readyContext } from './ready-context.ts';
import type { ValueScale } from './value-scale.ts';

export interface PaintArea {
  /** What of the matrix is in sight, px. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Paints the cells in sight, and no others: its cost follows the window, not the pair. */
export function paintCells(
  canvas: HTMLCanvasElement,
  view: ExplorationView,
  layout: HeatmapLayout,
  scale: ValueScale,
  palette: Palette,
  area: PaintArea,
): void {
  const context = readyContext(canvas, area, `11px ${theme.font}`);
  if (!context) return;
  context.lineWidth = 1;
  const { cellWidth, rowHeight } = layout;
  const cols = view.cols.length;
  const gap = Math.min(cellWidth, rowHeight) >= 6 ? 1 : 0;
  const dim = view.state.special === 'dim';
  const toRow = Math.min(view.rows.length, Math.ceil((area.top + area.height) / rowHeight));
  const toCol = Math.min(cols, Math.ceil((area.left + area.width) / cellWidth));
  const masked = css(dimmed(palette.sequential(0.3), palette));
  const outlined: [number, number][] = [];
  for (let row = Math.floor(area.top / rowHeight); row < toRow; row++) {
    for (let col = Math.floor(area.left / cellWidth); col < toCol; col++) {
      const value = view.values[row * cols + col]!;
      const x = col * cellWidth - area.left;
      const y = row * rowHeight - area.top;
      if (Number.isNaN(value)) {
        if (isLinked(view, { row, col })) outlined.push([x, y]);
        if (rowHeight < 8) continue;
        context.strokeStyle = masked;
        context.beginPath();
        context.moveTo(x + 2, y + rowHeight - 3);
        context.lineTo(x + Math.min(cellWidth, rowHeight) - 3, y + 2);
        context.stroke();
        continue;
      }
      let color = scale.color(value, palette);
      if (dim && (view.rows[row]!.special || view.cols[col]!.special)) color = dimmed(color, palette);
      context.fillStyle = css(color);
      context.fillRect(x, y, cellWidth - gap, rowHeight - gap);
      if (isLinked(view, { row, col })) outlined.push([x, y]);
      const text = cellText(view.of, value, cellWidth - gap, rowHeight - gap);
      if (!text) continue;
      context.fillStyle = css(palette.ink(color));
      context.fillText(text, x + (cellWidth - gap) / 2, y + (rowHeight - gap) / 2 + 0.5);
    }
  }
  outlineCells(context, outlined, { width: cellWidth - gap, height: rowHeight - gap }, palette);
}

/** The cells of a hard alignment: a ring in the ink of the theme, between two of the background, over whatever colour. */
function outlineCells(
  context: CanvasRenderingContext2D,
  at: readonly (readonly [number, number])[],
  { width, height }: { readonly width: number; readonly height: number },
  palette: Palette,
): void {
  const small = Math.min(width, height) < 8;
  const ring = (color: string, inset: number, line: number) => {
    context.strokeStyle = color;
    context.lineWidth = line;
    for (const [x, y] of at) context.strokeRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset);
  };
  if (!small) ring(css(palette.background), 2.5, 3.5);
  ring(css(palette.ink(palette.background)), small ? 0.5 : 2.5, small ? 1 : 1.5);
}
