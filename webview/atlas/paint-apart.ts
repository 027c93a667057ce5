import { type MatrixOf, TILE } from '../../src/contract/choices.ts';
import { css } from '../color/palette.ts';
import { dimmed } from '../heatmap/cell-color.ts';
import { cellText } from '../heatmap/cell-text.ts';
import type { ValueScale } from '../heatmap/value-scale.ts';
import type { TileStore } from '../tiles/tile-store.ts';
import type { AtlasLook } from '../tiles/tile-theme.ts';
import type { Axes } from '../tiles/viewport.ts';

/** From this size on cells stand apart from each other; px. */
const APART = { width: 14, height: 7 };

export const standApart = ({ rows, cols }: Axes): boolean => cols.scale >= APART.width && rows.scale >= APART.height;

/** Cells one by one with their numbers, where their tile is whole: as the small heatmap has them. */
export function paintApart(
  context: CanvasRenderingContext2D,
  tiles: TileStore,
  axes: Axes,
  of: MatrixOf,
  scale: ValueScale,
  look: AtlasLook,
): void {
  const { rows, cols } = axes;
  const { palette } = look;
  context.font = `11px ${look.font}`;
  Object.assign(context, { direction: 'ltr', textAlign: 'center', textBaseline: 'middle', lineWidth: 1 });
  const hatch = css(dimmed(palette.sequential(0.3), palette));
  const y = (row: number) => Math.round((row - rows.from) * rows.scale);
  const x = (col: number) => Math.round((col - cols.from) * cols.scale);
  const toRow = Math.min(rows.count, Math.ceil(rows.from + rows.span));
  const toCol = Math.min(cols.count, Math.ceil(cols.from + cols.span));
  for (let row = Math.floor(rows.from); row < toRow; row++) {
    const [top, height] = [y(row), y(row + 1) - y(row) - 1];
    for (let col = Math.floor(cols.from); col < toCol; col++) {
      const tile = tiles.peek({ level: 0, row: Math.floor(row / TILE), col: Math.floor(col / TILE) });
      if (!tile || tile.done < 1) continue;
      const value = tile.max[(row % TILE) * tile.width + (col % TILE)]!;
      const [left, width] = [x(col), x(col + 1) - x(col) - 1];
      if (Number.isNaN(value)) {
        context.strokeStyle = hatch;
        context.beginPath();
        context.moveTo(left + 2, top + height - 2);
        context.lineTo(left + Math.min(width, height) - 2, top + 2);
        context.stroke();
        continue;
      }
      const color = scale.color(value, palette);
      context.fillStyle = css(color);
      context.fillRect(left, top, width, height);
      const text = cellText(of, value, width, height);
      if (!text) continue;
      context.fillStyle = css(palette.ink(color));
      context.fillText(text, left + width / 2, top + height / 2 + 0.5);
    }
  }
}
