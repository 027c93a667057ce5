import { isRtl } from '../../src/base/text.ts';
import type { AxisLabel } from '../../src/contract/view.ts';
import { count } from '../base/value-format.ts';
import type { TileTheme } from './tile-theme.ts';
import type { Axes, Axis, Layout } from './viewport.ts';

/** px that a label needs along its axis. */
const ROW = 16;
const COL = 18;
const MARK = 14;

interface Heads {
  readonly rows: Ticks;
  readonly cols: Ticks;
}

/** Labelled rows and columns: every one where there is room, else every 2nd, 4th … and those that are marked. */
export function headsOf(axes: Axes, rows: readonly number[], cols: readonly number[]): Heads {
  return { rows: ticksOf(axes.rows, ROW, rows), cols: ticksOf(axes.cols, COL, cols) };
}

interface HeadsScene {
  readonly room: Layout;
  readonly axes: Axes;
  readonly heads: Heads;
  readonly rows: readonly AxisLabel[];
  readonly cols: readonly AxisLabel[];
  readonly query: number;
  /** Highlighted, or pointed at. */
  readonly highlightedRows: readonly number[];
  readonly highlightedCols: readonly number[];
  readonly corner: string;
  readonly look: TileTheme;
}

/** Row labels to the left and column labels, slanted, above. Origin is the upper left corner of the whole. */
export function paintHeads(context: CanvasRenderingContext2D, scene: HeadsScene): void {
  const { room, look, corner } = scene;
  context.textBaseline = 'middle';
  paintRows(context, scene);
  paintCols(context, scene);
  Object.assign(context, { font: `11px ${look.font}`, direction: 'ltr', textAlign: 'right', fillStyle: look.muted });
  context.fillText(fittedText(context, corner, room.labelWidth - 12), room.labelWidth - 8, room.headHeight - 18);
}

const middleOf = ({ from, scale }: Axis, index: number): number => (index + 0.5 - from) * scale;

function paintRows(context: CanvasRenderingContext2D, scene: HeadsScene): void {
  const { room, axes, heads, rows, look, query, highlightedRows } = scene;
  context.save();
  context.beginPath();
  context.rect(0, room.headHeight - 8, room.labelWidth, room.bodyHeight + 8);
  context.clip();
  const right = room.labelWidth - 8;
  for (const index of heads.rows.at) {
    const label = rows[index];
    if (!label) continue;
    const isQuery = index === query;
    const isHighlighted = highlightedRows.includes(index);
    const middle = middleOf(axes.rows, index);
    const last = room.bodyHeight - 8;
    // At the edges a text would be cut in half: only what is marked moves in.
    if (middle < -6 || (middle > last && !isQuery && !isHighlighted)) continue;
    const y = Math.round(room.headHeight + Math.min(middle, last)) + 0.5;
    if (isHighlighted && !isQuery) {
      context.fillStyle = look.highlight;
      context.fillRect(0, y - 8.5, room.labelWidth - 4, 16);
    }
    context.font = `${isQuery ? '600 ' : ''}12px ${look.font}`;
    const width = textOf(context, scene, label, heads.rows.step > 1 ? index : -1, right - MARK, right, y, 'right');
    if (isQuery) paintMark(context, right - width - 10, y, look.accent);
  }
  context.restore();
}

function paintCols(context: CanvasRenderingContext2D, scene: HeadsScene): void {
  const { room, axes, heads, cols, look, highlightedCols } = scene;
  const length = Math.floor((room.headHeight - 14) * Math.SQRT2 - 8);
  context.save();
  context.beginPath();
  context.rect(room.labelWidth - 10, 0, room.width - room.labelWidth + 10, room.headHeight);
  context.clip();
  for (const index of heads.cols.at) {
    const label = cols[index];
    const middle = middleOf(axes.cols, index);
    if (!label || middle < 0 || middle > room.bodyWidth) continue;
    const isHighlighted = highlightedCols.includes(index);
    context.save();
    context.translate(Math.round(room.labelWidth + middle) + 2, room.headHeight - 8);
    context.rotate(-Math.PI / 4);
    context.font = `${isHighlighted ? '600 ' : ''}12px ${look.font}`;
    textOf(context, scene, label, heads.cols.step > 1 ? index : -1, length, 0, 0, 'left');
    context.restore();
  }
  context.restore();
}

/**
 * Writes a token, and before it where it stands, counted from 1, while not every one is written.
 * @param index −1 to leave that out    @returns how wide it became
 */
function textOf(
  context: CanvasRenderingContext2D,
  { look }: HeadsScene,
  label: AxisLabel,
  index: number,
  room: number,
  x: number,
  y: number,
  align: 'left' | 'right',
): number {
  const place = index < 0 ? '' : count(index + 1);
  const before = place ? context.measureText(place).width + 6 : 0;
  context.direction = isRtl(label.text) ? 'rtl' : 'ltr';
  context.textAlign = align;
  const text = room - before < 16 ? '' : fittedText(context, label.text, room - before);
  const width = context.measureText(text).width;
  context.fillStyle = label.special ? look.muted : look.foreground;
  context.fillText(text, align === 'right' ? x : x + before, y);
  if (!place) return width;
  Object.assign(context, { direction: 'ltr', fillStyle: look.muted });
  context.fillText(place, align === 'right' ? x - width - (text ? 6 : 0) : x, y);
  return width + before;
}

function paintMark(context: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  Object.assign(context, { strokeStyle: color, lineWidth: 1.6 });
  context.beginPath();
  context.moveTo(x, y - 4);
  context.lineTo(x + 4, y);
  context.lineTo(x, y + 4);
  context.stroke();
}

const MOST = 4000;
const known = new Map<string, string>();

/** A text cut to a width with an ellipsis, whole characters only. @param context with its font set */
function fittedText(context: CanvasRenderingContext2D, text: string, width: number): string {
  // Nothing that long fits anywhere.
  const shown = text.length > 200 ? text.slice(0, 200) : text;
  const key = `${context.font}\n${width}\n${shown}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const fitted = fit(context, shown, width);
  if (known.size >= MOST) known.clear();
  known.set(key, fitted);
  return fitted;
}

function fit(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  );
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (context.measureText(`${letters.slice(0, middle).join('')}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('')}…`;
}

/** What an axis is labelled with: every `step`-th cell, always the same ones, however it is panned. */
interface Ticks {
  readonly step: number;
  /** Indexes of the cells in sight that have a label, in order. */
  readonly at: readonly number[];
}

/** @param room px that a label takes    @param always cells that have theirs, whatever it drives out: the first counts most */
export function ticksOf({ scale, from, span, count }: Axis, room: number, always: readonly number[] = []): Ticks {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(room / scale) - 1e-9));
  const end = Math.min(count, Math.ceil(from + span));
  const start = Math.max(0, Math.floor(from));
  const held: number[] = [];
  const isFree = (index: number) => held.every((other) => Math.abs(other - index) * scale >= room - 1e-6);
  for (const index of always) if (index >= start && index < end && isFree(index)) held.push(index);
  const at = [...held];
  for (let index = Math.ceil(start / step) * step; index < end; index += step) if (isFree(index)) at.push(index);
  return { step, at: at.sort((a, b) => a - b) };
}
