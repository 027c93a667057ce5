import type { ExplorationView } from '../../src/contract/view.ts';
import type { HeatmapLayout } from '../heatmap/heatmap-layout.ts';
import { hex } from './hex.ts';
import type { PictureTheme } from './picture.ts';
import { svgElement } from './svg.ts';

/** The cells of a hard alignment: a ring in the ink of the theme on a wider one of the background, as in the panel. */
export function svgLinks({ alignment }: ExplorationView, layout: HeatmapLayout, theme: PictureTheme): string {
  const { cellWidth, rowHeight } = layout;
  if (alignment.length === 0) return '';
  const small = Math.min(cellWidth, rowHeight) < 9;
  const inset = small ? 0.5 : 2.5;
  const [width, height] = [cellWidth - 1 - 2 * inset, rowHeight - 1 - 2 * inset];
  const rings = (stroke: string, line: number) =>
    svgElement(
      'g',
      { fill: 'none', stroke, 'stroke-width': line, 'pointer-events': 'none' },
      alignment
        .map(({ row, col }) =>
          svgElement('rect', {
            x: col * cellWidth + inset,
            y: row * rowHeight + inset,
            width,
            height,
            rx: small ? 0 : 1,
          }),
        )
        .join('\n'),
    );
  return (small ? '' : rings(hex(theme.palette.background), 3.5)) + rings(hex(theme.foreground), small ? 1 : 1.5);
}
