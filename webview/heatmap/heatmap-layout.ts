import type { Cell } from '../base/events.ts';

interface LayoutInput {
  /** Width that there is, px. */
  readonly width: number;
  /** Natural widths of the labels, px. */
  readonly rowLabels: readonly number[];
  readonly colLabels: readonly number[];
  /** 1 = as wide as the section; 'fit' = the whole matrix in sight, however small. */
  readonly zoom: number | 'fit';
  /** Width of the words in the corner. */
  readonly corner: number;
}

/** Where everything stands; px. A cell is `cellWidth` × `rowHeight`, one pixel of gap included. */
export interface HeatmapLayout {
  readonly labelWidth: number;
  readonly headHeight: number;
  readonly cellWidth: number;
  readonly rowHeight: number;
  readonly rotated: boolean;
  /** Every n-th label is written. */
  readonly everyRow: number;
  readonly everyCol: number;
  /** Longest rotated label before it is cut. */
  readonly colLabel: number;
  readonly bodyWidth: number;
  readonly bodyHeight: number;
  /** Wider than the section, or taller than `MAX_HEIGHT`: it scrolls, and the labels stick. */
  readonly overflow: boolean;
}

/** A heatmap that is taller scrolls in itself. */
export const MAX_HEIGHT = 640;

const ROW = 28;
const LABEL_GAP = 12;
const MARK = 16;
const MAX_COL_LABEL = 104;
const MIN_CELL = 18;

const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);

/** Rules of the design: rows 28 high; when one column label doesn't fit, all are rotated; long pairs scroll. */
export function heatmapLayout(input: LayoutInput): HeatmapLayout {
  const { width, rowLabels, colLabels, zoom } = input;
  const rows = rowLabels.length;
  const cols = colLabels.length;
  const room = Math.max(160, width);
  const wanted = Math.max(largest(rowLabels) + MARK, input.corner) + 8;
  const labelWidth = Math.ceil(Math.min(wanted, Math.max(96, room * 0.36)));

  const whole = (room - labelWidth) / Math.max(1, cols);
  let cellWidth: number;
  let rowHeight: number;
  if (zoom === 'fit') {
    cellWidth = Math.max(2, Math.min(whole, 120));
    rowHeight = Math.max(2, Math.min(ROW + 1, (MAX_HEIGHT - 64) / Math.max(1, rows)));
  } else {
    cellWidth = Math.max(2, Math.min(240, Math.max(MIN_CELL, Math.min(whole, 120)) * zoom));
    rowHeight = Math.max(2, Math.min(64, (ROW + 1) * (zoom < 1 ? zoom : Math.sqrt(zoom))));
    // Long pairs: cells no taller than they are wide, or one would scroll through twice the height for nothing.
    if (rows > 40) rowHeight = Math.min(rowHeight, Math.max(cellWidth, MIN_CELL * Math.min(1, zoom)));
  }
  // Whole pixels where they are large enough for the loss not to show; else the last column ends short.
  if (cellWidth >= 12) cellWidth = Math.floor(cellWidth);
  if (rowHeight >= 6) rowHeight = Math.floor(rowHeight);

  const rotated = colLabels.some((label) => label + LABEL_GAP > cellWidth);
  const colLabel = Math.min(MAX_COL_LABEL, Math.ceil(largest(colLabels)));
  const headHeight = rotated ? Math.max(36, Math.ceil(colLabel * Math.SQRT1_2 + 20)) : 24;
  const bodyWidth = Math.ceil(cellWidth * cols);
  const bodyHeight = Math.ceil(rowHeight * rows);
  return {
    labelWidth,
    headHeight,
    cellWidth,
    rowHeight,
    rotated,
    everyRow: Math.max(1, Math.ceil(16 / rowHeight)),
    everyCol: Math.max(1, Math.ceil((rotated ? 18 : 1) / cellWidth)),
    colLabel,
    bodyWidth,
    bodyHeight,
    overflow: labelWidth + bodyWidth > room + 1 || headHeight + bodyHeight > MAX_HEIGHT,
  };
}

let context: CanvasRenderingContext2D | null | undefined;

/** @returns width of each text in px, in the font given (CSS shorthand) */
export function measureTexts(texts: readonly string[], font: string): number[] {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return texts.map((text) => text.length * 8);
  context.font = font;
  return texts.map((text) => Math.ceil(context!.measureText(text).width));
}

/** Scrolls a cell out from under the sticky labels. */
export function revealCell(scroll: HTMLElement, layout: HeatmapLayout, { row, col }: Cell): void {
  const { cellWidth, rowHeight, labelWidth, headHeight } = layout;
  const x = col * cellWidth;
  const y = row * rowHeight;
  const width = scroll.clientWidth - labelWidth;
  const height = scroll.clientHeight - headHeight;
  if (x < scroll.scrollLeft) scroll.scrollLeft = x;
  else if (x + cellWidth > scroll.scrollLeft + width) scroll.scrollLeft = x + cellWidth - width;
  if (y < scroll.scrollTop) scroll.scrollTop = y;
  else if (y + rowHeight > scroll.scrollTop + height) scroll.scrollTop = y + rowHeight - height;
}
