import type { ExplorationView, WholeView } from '../../src/contract/view.ts';
import { css, type Palette } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { cellPaint, isDimmed, maskedColor, strokeMasked, writeNumber } from './cell-color.ts';
import { cellName, isLinked } from './cell-description.ts';
import { type HeatmapLayout, MAX_HEIGHT } from './heatmap-layout.ts';
import type { ValueScale } from './value-scale.ts';

/** From here on cells are painted on a canvas instead of being elements. */
const MAX_ELEMENTS = 400;

export const isLarge = ({ rows, cols }: ExplorationView): boolean => rows.length * cols.length > MAX_ELEMENTS;

interface HeatmapScene {
  readonly view: WholeView;
  readonly layout: HeatmapLayout;
  readonly scale: ValueScale;
}

/** Gives the cells of a heatmap their look: elements with a canvas of their numbers, or a canvas of what is in sight. */
export class CellPainter {
  private scene: HeatmapScene | undefined;
  /** What the elements of the cells were given last. */
  private appearances: (CellAppearance | undefined)[] = [];
  private frameRequest = 0;
  /** What of the plane is in sight, px; and the element that scrolls it. */
  private frame = { left: 0, top: 0, width: 0, height: 0 };
  private framed: HTMLElement | undefined;
  private readonly sizes = new ResizeObserver((entries) => {
    const { width, height } = entries.at(-1)!.contentRect;
    this.show({ width, height });
  });

  /** @param host what the cells and canvases are in */
  constructor(private readonly host: HTMLElement) {}

  /** New elements have been given nothing yet. */
  readonly forget = (): void => {
    this.appearances = [];
  };

  /** @param isNew values, scale or theme are others than before */
  update(scene: HeatmapScene, isNew: boolean): void {
    const isMoved = this.scene?.layout !== scene.layout;
    this.scene = scene;
    // Before the frame: what is laid out and painted is then as it will stay.
    if (!isLarge(scene.view) && (isNew || this.appearances.length === 0))
      updateCells(this.host.querySelectorAll<HTMLElement>('.cell'), scene, this.appearances);
    if (isNew || isMoved) this.paintSoon();
  }

  /** Another part of the plane is in sight. */
  show(part: Partial<typeof this.frame>): void {
    this.frame = { ...this.frame, ...part };
    if (this.scene && isLarge(this.scene.view)) this.paintSight(this.scene);
  }

  /** With the frame: text on a canvas has the page laid out, which is best done once, when all its parts stand. */
  private paintSoon(): void {
    this.frameRequest ||= requestAnimationFrame(() => {
      this.frameRequest = 0;
      const { scene } = this;
      const canvas = this.host.querySelector<HTMLCanvasElement>('canvas.numbers');
      if (scene && isLarge(scene.view)) this.paintSight(scene);
      else if (scene && canvas) paintNumbers(canvas, scene);
    });
  }

  private paintSight(scene: HeatmapScene): void {
    const canvas = this.host.querySelector<HTMLCanvasElement>('canvas.cells-canvas');
    const scroll = this.host.querySelector<HTMLElement>('.scroll');
    if (!canvas || !scroll) return;
    const { layout } = scene;
    const frame = this.frameOf(scroll);
    const width = Math.min(layout.bodyWidth, Math.max(1, frame.width - layout.labelWidth));
    const height = Math.min(layout.bodyHeight, Math.max(1, Math.min(frame.height, MAX_HEIGHT) - layout.headHeight));
    Object.assign(canvas.style, {
      left: `${layout.labelWidth}px`,
      top: `${layout.headHeight}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    paintCells(canvas, scene, { left: frame.left, top: frame.top, width, height });
  }

  /** What is in sight, as told by the browser: asked for at each step, the page would be laid out twice. */
  private frameOf(scroll: HTMLElement) {
    if (this.framed !== scroll) {
      this.sizes.disconnect();
      this.sizes.observe(scroll);
      this.framed = scroll;
      const { scrollLeft: left, scrollTop: top, clientWidth: width, clientHeight: height } = scroll;
      this.frame = { left, top, width, height };
    }
    return this.frame;
  }
}

/** What the element of a cell was given last. */
interface CellAppearance {
  readonly name: string;
  readonly className: string;
  readonly background: string;
}

/**
 * Gives cells their names and colours, those alone that are others than before. By hand: as parts of a template, nine
 * for each of hundreds of cells, they would all be compared at every step.
 * @param cells row by row    @param last kept between calls, for the same cells
 */
function updateCells(
  cells: ArrayLike<HTMLElement>,
  { view, scale }: HeatmapScene,
  last: (CellAppearance | undefined)[],
): void {
  const colors = { of: view.of, scale, palette: theme.palette };
  const cols = view.cols.length;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const [row, col] = [Math.floor(at / cols), at % cols];
    const paint = cellPaint(view.map.values[at]!, isDimmed(view, row, col), colors);
    const background = paint ? css(paint.fill) : '';
    const className = `cell${paint ? '' : ' masked'}${isLinked(view, { row, col }) ? ' linked' : ''}`;
    const name = cellName(view, { row, col });
    const before = last[at];
    if (before?.name !== name) cell.setAttribute('aria-label', name);
    if (before?.className !== className) cell.className = className;
    if (before?.background !== background) cell.style.backgroundColor = background;
    if (before?.name !== name || before.className !== className || before.background !== background)
      last[at] = { name, className, background };
  }
}

interface PaintArea {
  /** What of the matrix is in sight, px. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Paints the cells in sight, and no others: its cost follows the window, not the pair. */
function paintCells(canvas: HTMLCanvasElement, { view, layout, scale }: HeatmapScene, area: PaintArea): void {
  const { palette } = theme;
  const context = prepareCanvas(canvas, area, `11px ${theme.font}`);
  if (!context) return;
  context.lineWidth = 1;
  const { cellWidth, rowHeight } = layout;
  const cols = view.cols.length;
  const gap = Math.min(cellWidth, rowHeight) >= 6 ? 1 : 0;
  const size = { width: cellWidth - gap, height: rowHeight - gap };
  const colors = { of: view.of, scale, palette };
  const toRow = Math.min(view.rows.length, Math.ceil((area.top + area.height) / rowHeight));
  const toCol = Math.min(cols, Math.ceil((area.left + area.width) / cellWidth));
  const outlined: [number, number][] = [];
  context.strokeStyle = css(maskedColor(palette));
  for (let row = Math.floor(area.top / rowHeight); row < toRow; row++) {
    for (let col = Math.floor(area.left / cellWidth); col < toCol; col++) {
      const x = col * cellWidth - area.left;
      const y = row * rowHeight - area.top;
      if (isLinked(view, { row, col })) outlined.push([x, y]);
      const paint = cellPaint(view.map.values[row * cols + col]!, isDimmed(view, row, col), colors, size);
      if (paint) {
        context.fillStyle = css(paint.fill);
        context.fillRect(x, y, size.width, size.height);
        if (paint.number) writeNumber(context, paint.number, x, y, size.width, size.height);
      } else if (rowHeight >= 8) strokeMasked(context, x, y, cellWidth - 1, rowHeight - 1);
    }
  }
  outlineCells(context, outlined, size, palette);
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
function paintNumbers(canvas: HTMLCanvasElement, { view, layout, scale }: HeatmapScene): void {
  const { cellWidth, rowHeight, bodyWidth, bodyHeight } = layout;
  const context = prepareCanvas(canvas, { width: bodyWidth, height: bodyHeight }, `11px ${theme.font}`);
  if (!context) return;
  const cols = view.cols.length;
  const size = { width: cellWidth - 1, height: rowHeight - 1 };
  const colors = { of: view.of, scale, palette: theme.palette };
  view.map.values.forEach((value, at) => {
    const [row, col] = [Math.floor(at / cols), at % cols];
    const number = cellPaint(value, isDimmed(view, row, col), colors, size)?.number;
    if (number) writeNumber(context, number, col * cellWidth, row * rowHeight, size.width, size.height);
  });
}

/**
 * Prepares a canvas to be painted anew, in px of the page. Size, font and direction are set only where they are
 * others: to set one has the browser lay out the whole page first.
 * @param font CSS shorthand    @returns undefined where there is no canvas to paint on
 */
function prepareCanvas(
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
