import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import type { HeatmapLayout } from '../heatmap/layout.ts';
import { hex } from './hex.ts';
import type { PictureTheme } from './picture.ts';
import { svgElement } from './svg-element.ts';

/** The cells of a hard alignment, outlined. */
export function svgLinks({ alignment }: ExplorationView, layout: HeatmapLayout, theme: PictureTheme): string {
  const { cellWidth, rowHeight } = layout;
  return alignment
    .map(({ row, col }) =>
      svgElement('rect', {
        x: col * cellWidth + 0.75,
        y: row * rowHeight + 0.75,
        width: cellWidth - 2.5,
        height: rowHeight - 2.5,
        fill: 'none',
        stroke: hex(theme.foreground),
        'stroke-width': 1.5,
        'pointer-events': 'none',
      }),
    )
    .join('\n');
}
