import type { AxisLabel, ExplorationView } from '../../src/contract/view.ts';
import type { Cell } from '../base/events.ts';
import type { TileTheme } from './tile-theme.ts';
import type { Axes, Axis } from './viewport.ts';

interface Lines {
  readonly rows: readonly number[];
  readonly cols: readonly number[];
}

export const NO_LINES: Lines = { rows: [], cols: [] };

export interface Marks {
  /** Of the query; −1 for none. */
  readonly query: number;
  /** Cell under the pointer or keyboard, and how many cells of each side it stands for. */
  readonly shown: (Cell & { readonly size: number }) | undefined;
  readonly highlighted: Lines;
  /** Column that each row is aligned with, [rows], −1 for none; undefined where nothing is aligned. */
  readonly linked: Int32Array | undefined;
  /** Rows and columns of dimmed special tokens. */
  readonly dimmed: Lines;
}

/** Where a range of cells lies, px, at least `least` long; undefined out of sight. */
function placed({ from, span, scale }: Axis, index: number, size: number, least: number) {
  if (index + size <= from || index >= from + span) return undefined;
  const start = Math.round((index - from) * scale);
  const length = Math.max(least, Math.round((index + size - from) * scale) - start);
  return { start, length };
}

/** Veils over dimmed tokens: to be painted before what is marked. */
export function paintVeils(
  context: CanvasRenderingContext2D,
  { rows, cols }: Axes,
  { dimmed }: Marks,
  look: TileTheme,
  [width, height]: readonly [number, number],
): void {
  context.fillStyle = look.veil;
  for (const row of dimmed.rows) {
    const at = placed(rows, row, 1, 1);
    if (at) context.fillRect(0, at.start, width, at.length);
  }
  for (const col of dimmed.cols) {
    const at = placed(cols, col, 1, 1);
    if (at) context.fillRect(at.start, 0, at.length, height);
  }
}

/** The query's band, what is highlighted, the crosshair of what is pointed at, and a hard alignment. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  axes: Axes,
  marks: Marks,
  look: TileTheme,
  [width, height]: readonly [number, number],
): void {
  const { rows, cols } = axes;
  const { query, shown, highlighted } = marks;
  context.lineWidth = 1;
  if (marks.linked) paintLinks(context, axes, marks.linked, look);
  const across = (row: number, size: number) => {
    const at = placed(rows, row, size, 2);
    if (at) for (const y of [at.start - 0.5, at.start + at.length - 0.5]) line(context, 0, y, width, y);
  };
  const down = (col: number, size: number) => {
    const at = placed(cols, col, size, 2);
    if (at) for (const x of [at.start - 0.5, at.start + at.length - 0.5]) line(context, x, 0, x, height);
  };
  context.strokeStyle = look.faint;
  for (const row of highlighted.rows) across(row, 1);
  for (const col of highlighted.cols) if (col !== shown?.col) down(col, 1);
  if (shown) {
    down(shown.col, shown.size);
    across(shown.row, shown.size);
  }
  const band = query < 0 ? undefined : placed(rows, query, 1, 3);
  if (band) {
    context.strokeStyle = look.focus;
    const margin = rows.scale >= 6 ? 1.5 : 0.5;
    context.strokeRect(0.5, band.start - margin, width - 1, band.length + 2 * margin - 1);
  }
  const y = shown && placed(rows, shown.row, shown.size, 3);
  const x = shown && placed(cols, shown.col, shown.size, 3);
  if (x && y) {
    context.lineWidth = 4;
    context.strokeStyle = look.background;
    context.strokeRect(x.start - 0.5, y.start - 0.5, x.length, y.length);
    context.lineWidth = 2;
    context.strokeStyle = look.foreground;
    context.strokeRect(x.start - 0.5, y.start - 0.5, x.length, y.length);
  }
}

/** Rings where cells are large enough; further out a dot, one for each line of pixels at most. */
function paintLinks(context: CanvasRenderingContext2D, { rows, cols }: Axes, linked: Int32Array, look: TileTheme) {
  const stride = Math.max(1, Math.floor(1.5 / rows.scale));
  const large = rows.scale >= 8 && cols.scale >= 8;
  const end = Math.min(rows.count, Math.ceil(rows.from + rows.span));
  for (let row = Math.max(0, Math.floor(rows.from / stride) * stride); row < end; row += stride) {
    const col = linked[row]!;
    const x = col < 0 ? undefined : placed(cols, col, 1, 2);
    const y = placed(rows, row, 1, 2);
    if (!x || !y) continue;
    if (!large) {
      context.fillStyle = look.foreground;
      context.fillRect(x.start, y.start, Math.min(2, x.length), Math.min(2, y.length));
      continue;
    }
    for (const [color, thick] of [
      [look.background, 3.5],
      [look.foreground, 1.5],
    ] as const) {
      Object.assign(context, { strokeStyle: color, lineWidth: thick });
      context.strokeRect(x.start + 2.5, y.start + 2.5, x.length - 6, y.length - 6);
    }
  }
  context.lineWidth = 1;
}

function line(context: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number): void {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(toX, toY);
  context.stroke();
}

/** Indexes of special tokens; there are but a few. */
const specials = new WeakMap<readonly AxisLabel[], readonly number[]>();

export const dimmedTokens = ({ state, rows, cols }: ExplorationView): Lines =>
  state.special === 'dim' ? { rows: specialTokens(rows), cols: specialTokens(cols) } : NO_LINES;

function specialTokens(labels: readonly AxisLabel[]): readonly number[] {
  let found = specials.get(labels);
  if (!found) specials.set(labels, (found = labels.flatMap(({ special }, i) => (special ? [i] : []))));
  return found;
}
