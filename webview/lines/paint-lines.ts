import type { Rgb } from '../color/oklab.ts';
import { lineStroke } from './line-stroke.ts';
import type { Line } from './list-lines.ts';

export interface LinePlace {
  readonly width: number;
  readonly height: number;
  /** Of one token, px; the first begins at 0. */
  readonly rowHeight: number;
  readonly colHeight: number;
  readonly ratio: number;
}

export interface LineLook {
  readonly color: Rgb;
  readonly dash: readonly number[];
}

/** Draws the lines from the queries on the left to the keys on the right, as wide and as opaque as they are strong. */
export function paintLines(
  canvas: HTMLCanvasElement,
  lines: readonly Line[],
  { width, height, rowHeight, colHeight, ratio }: LinePlace,
  lookOf: (line: Line) => LineLook,
): void {
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  context.lineCap = 'butt';
  for (const line of lines) {
    const [from, to] = [(line.row + 0.5 + line.shift) * rowHeight, (line.col + 0.5 + line.shift) * colHeight];
    const { color, dash } = lookOf(line);
    const stroke = lineStroke(line.strength, line.linked);
    context.strokeStyle = `rgb(${color.join(' ')} / ${stroke.opacity})`;
    context.lineWidth = stroke.width;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(0, from);
    context.bezierCurveTo(width * 0.4, from, width * 0.6, to, width, to);
    context.stroke();
  }
}
