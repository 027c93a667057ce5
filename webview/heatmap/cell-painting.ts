import type { WholeView } from '../../src/contract/view.ts';
import { css, type Palette } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { cellText, dimmed } from './cell-color.ts';
import { cellName, isLinked } from './cell-description.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';
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
  view: WholeView,
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
      const value = view.map.values[row * cols + col]!;
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

/**
 * Writes the numbers of all cells onto one canvas over them: drawn, not said, since a cell's name has its number with
 * all its places. As text of the elements they would be laid out one by one at every step.
 */
export function paintNumbers(
  canvas: HTMLCanvasElement,
  view: WholeView,
  layout: HeatmapLayout,
  scale: ValueScale,
  { palette, font }: Pick<typeof theme, 'palette' | 'font'>,
): void {
  const { cellWidth, rowHeight, bodyWidth, bodyHeight } = layout;
  const context = readyContext(canvas, { width: bodyWidth, height: bodyHeight }, `11px ${font}`);
  if (!context) return;
  const cols = view.cols.length;
  const dim = view.state.special === 'dim';
  view.map.values.forEach((value, at) => {
    const text = cellText(view.of, value, cellWidth - 1, rowHeight - 1);
    if (!text) return;
    const [row, col] = [Math.floor(at / cols), at % cols];
    let color = scale.color(value, palette);
    if (dim && (view.rows[row]!.special || view.cols[col]!.special)) color = dimmed(color, palette);
    context.fillStyle = css(palette.ink(color));
    context.fillText(text, col * cellWidth + (cellWidth - 1) / 2, row * rowHeight + (rowHeight - 1) / 2 + 0.5);
  });
}

/** What a cell was given last. */
interface Dress {
  readonly name: string;
  readonly look: string;
  readonly paint: string;
}

/**
 * Gives cells their names and colours, those alone that are others than before. By hand: as parts of a template, nine
 * for each of hundreds of cells, they would all be compared at every step.
 * @param cells row by row    @param last kept between calls, for the same cells
 */
export function dressCells(
  cells: ArrayLike<HTMLElement>,
  view: WholeView,
  scale: ValueScale,
  last: (Dress | undefined)[],
): void {
  const { palette } = theme;
  const { rows, cols } = view;
  const { values } = view.map;
  const dim = view.state.special === 'dim';
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const [row, col] = [Math.floor(at / cols.length), at % cols.length];
    const value = values[at]!;
    const masked = Number.isNaN(value);
    let paint = '';
    if (!masked) {
      const color = scale.color(value, palette);
      paint = css(dim && (rows[row]!.special || cols[col]!.special) ? dimmed(color, palette) : color);
    }
    const look = `cell${masked ? ' masked' : ''}${isLinked(view, { row, col }) ? ' linked' : ''}`;
    const name = cellName(view, { row, col });
    const before = last[at];
    if (before?.name !== name) cell.setAttribute('aria-label', name);
    if (before?.look !== look) cell.className = look;
    if (before?.paint !== paint) cell.style.backgroundColor = paint;
    if (before?.name !== name || before.look !== look || before.paint !== paint) last[at] = { name, look, paint };
  }
}

/**
 * A canvas made ready to be painted anew, in px of the page. Size, font and direction are set only where they are
 * others: to set one has the browser lay out the whole page first.
 * @param font CSS shorthand    @returns undefined where there is no canvas to paint on
 */
function readyContext(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  font: string,
): CanvasRenderingContext2D | undefined {
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  if (canvas.width !== width || canvas.height !== height || canvas.dataset.font !== font) {
    Object.assign(canvas, { width, height });
    canvas.dataset.font = font;
    Object.assign(context, { font, direction: 'ltr', textAlign: 'center', textBaseline: 'middle' });
    context.scale(ratio, ratio);
  } else context.clearRect(0, 0, size.width, size.height);
  return context;
}
