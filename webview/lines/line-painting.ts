import type { Rgb } from '../color/oklab.ts';
import type { Line } from './line-list.ts';
import { lineStroke } from './line-style.ts';

interface LinePosition {
  /** What is in sight, px. */
  readonly width: number;
  readonly height: number;
  /** Of one token, px. */
  readonly tokenHeight: number;
  /** Where the first query and the first key stand above what is in sight, px. */
  readonly rowsAbove: number;
  readonly colsAbove: number;
  readonly ratio: number;
}

interface LineAppearance {
  readonly color: Rgb;
  readonly dash: readonly number[];
  /** 1, or less for a line that stands back. */
  readonly opacity: number;
}

/**
 * Draws the lines from the queries on the left to the keys on the right, as wide and as opaque as they are strong; and
 * of them those alone that pass through what is in sight.
 */
export function paintLines(
  canvas: HTMLCanvasElement,
  lines: readonly Line[],
  { width, height, tokenHeight, rowsAbove, colsAbove, ratio }: LinePosition,
  lookOf: (line: Line) => LineAppearance,
): void {
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  for (const line of lines) {
    const from = (line.row + 0.5 + line.shift) * tokenHeight - rowsAbove;
    const to = (line.col + 0.5 + line.shift) * tokenHeight - colsAbove;
    if (Math.max(from, to) < -2 || Math.min(from, to) > height + 2) continue;
    const { color, dash, opacity } = lookOf(line);
    const stroke = lineStroke(line.strength, line.linked);
    context.strokeStyle = `rgb(${color.join(' ')} / ${stroke.opacity * opacity})`;
    context.lineWidth = stroke.width;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(0, from);
    context.bezierCurveTo(width * 0.4, from, width * 0.6, to, width, to);
    context.stroke();
  }
}
