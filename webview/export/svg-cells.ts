import type { WholeView } from '../../src/contract/view.ts';
import { cellPaint, isDimmed, maskedColor } from '../heatmap/cell-color.ts';
import { cellName } from '../heatmap/cell-description.ts';
import type { HeatmapLayout } from '../heatmap/heatmap-layout.ts';
import type { ValueScale } from '../heatmap/value-scale.ts';
import type { PictureTheme } from './picture-theme.ts';
import { hex, svgElement, xmlText } from './svg.ts';
import { svgLabel } from './svg-labels.ts';

/** From here on cells of one colour are one path, and have neither names nor numbers. */
const MAX_NAMED = 2500;

/** The cells of a heatmap from (0, 0) on: coloured, with their numbers and names where there are not too many. */
export function svgCells(view: WholeView, layout: HeatmapLayout, scale: ValueScale, theme: PictureTheme): string {
  const { rowHeight, cellWidth } = layout;
  const gap = Math.min(cellWidth, rowHeight) >= 6 ? 1 : 0;
  const size = { width: cellWidth - gap, height: rowHeight - gap };
  const { width, height } = size;
  const { palette } = theme;
  const colors = { of: view.of, scale, palette };
  const named = view.map.values.length <= MAX_NAMED;
  const cells: string[] = [];
  const texts: string[] = [];
  const paths = new Map<string, string[]>();
  const hatch: string[] = [];
  view.map.values.forEach((value, i) => {
    const [row, col] = [Math.floor(i / view.cols.length), i % view.cols.length];
    const [x, y] = [round(col * cellWidth), round(row * rowHeight)];
    const paint = cellPaint(value, isDimmed(view, row, col), colors, named ? size : undefined);
    if (!paint) hatch.push(hatching(x, y, width, height));
    const fill = hex(paint?.fill ?? palette.background);
    if (!named) {
      if (!paint) return;
      const list = paths.get(fill) ?? [];
      list.push(`M${x} ${y}h${round(width)}v${round(height)}h${-round(width)}z`);
      paths.set(fill, list);
      return;
    }
    const name = `<title>${xmlText(cellName(view, { row, col }))}</title>`;
    cells.push(svgElement('rect', { x, y, width, height, fill }, name));
    if (!paint?.number) return;
    const { text, ink } = paint.number;
    texts.push(svgLabel(text, { x: x + width / 2, y: y + height / 2, size: 11, fill: hex(ink), align: 'center' }));
  });
  for (const [fill, list] of paths) cells.push(svgElement('path', { d: list.join(''), fill }));
  const lines = svgElement('path', {
    d: hatch.join(''),
    stroke: hex(maskedColor(palette)),
    fill: 'none',
  });
  return [
    svgElement('g', {}, cells.join('\n')),
    hatch.length ? lines : '',
    texts.length ? svgElement('g', { 'pointer-events': 'none' }, texts.join('\n')) : '',
  ].join('\n');
}

/** A stroke from corner to corner of what is as high as the cell, and others beside it as far as the cell goes. */
function hatching(x: number, y: number, width: number, height: number): string {
  const step = 6;
  const strokes: string[] = [];
  for (let at = step; at < width + height; at += step) {
    const [fromX, fromY] = at <= height ? [0, at] : [at - height, height];
    const [toX, toY] = at <= width ? [at, 0] : [width, at - width];
    strokes.push(`M${round(x + fromX)} ${round(y + fromY)}L${round(x + toX)} ${round(y + toY)}`);
  }
  return strokes.join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
