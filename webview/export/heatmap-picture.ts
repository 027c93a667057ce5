import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { isMaskedByHand } from '../heatmap/cell-notes.ts';
import { heatmapLayout } from '../heatmap/heatmap-layout.ts';
import { valueScale } from '../heatmap/value-scale.ts';
import { caption } from './caption.ts';
import { hex } from './hex.ts';
import { FONTS, type Measure, type Picture, type PictureTheme } from './picture.ts';
import { svgElement } from './svg.ts';
import { CAPTION_HEIGHT, svgCaption } from './svg-caption.ts';
import { svgCells } from './svg-cells.ts';
import { svgDocument } from './svg-document.ts';
import { fitted, svgLabel } from './svg-labels.ts';
import { LEGEND_HEIGHT, svgLegend } from './svg-legend.ts';
import { svgLinks } from './svg-links.ts';

/** Width that a pair of a dozen words fills; longer ones take what their cells need. */
const WIDTH = 720;

/** Letters are as wide as here in one font, a little wider in another. */
const SPARE = 1.06;

/** From the matrix to the legend. */
const GAP = 14;

/** The heatmap as it is seen, as a picture: caption, axes, cells with numbers, the query's row, legend. */
export function heatmapPicture(view: ExplorationView, run: RunSummary, theme: PictureTheme, measure: Measure): Picture {
  const widths = (labels: readonly { readonly text: string }[], font: string) =>
    measure(
      labels.map(({ text }) => text),
      font,
    ).map((width) => width * SPARE);
  const corner = t('query ╲ key');
  const layout = heatmapLayout({
    width: WIDTH,
    rowLabels: widths(view.rows, `600 13px ${FONTS}`),
    colLabels: widths(view.cols, `600 12px ${FONTS}`),
    corner: measure([corner], `11px ${FONTS}`)[0]! * SPARE,
    zoom: 1,
  });
  const scale = valueScale(view.of, view.values);
  const words = caption(view, run.model.name);
  const head = svgCaption(words, theme, measure);
  const top = CAPTION_HEIGHT + layout.headHeight;
  const bottom = top + layout.bodyHeight + GAP;
  const legend = svgLegend(view.of, scale, layout.labelWidth, bottom, theme, measure);
  const columns = svgColumns(view, layout, theme, measure);
  const content = [
    head.content,
    svgLabel(corner, {
      ...{ x: layout.labelWidth - 8, y: top - 12, size: 11, align: 'right' },
      fill: hex(theme.muted),
    }),
    svgElement('g', { transform: `translate(${layout.labelWidth} ${top})` }, columns.content),
    svgElement('g', { transform: `translate(0 ${top})` }, svgRows(view, layout, theme, measure)),
    svgElement(
      'g',
      { transform: `translate(${layout.labelWidth} ${top})` },
      [svgCells(view, layout, scale, theme), svgLinks(view, layout, theme), svgBand(view, layout, theme)].join('\n'),
    ),
    legend.content,
  ].join('\n');
  return svgDocument(
    {
      content,
      width: Math.max(head.width, layout.labelWidth + Math.max(legend.width, columns.width)),
      height: bottom + LEGEND_HEIGHT,
      title: words.join(' · '),
      description: `${run.source} → ${run.target}`,
    },
    theme,
  );
}

type Layout = ReturnType<typeof heatmapLayout>;

/** The keys above the cells, from the top left cell's corner; and how far they reach to the right. */
function svgColumns(view: ExplorationView, layout: Layout, theme: PictureTheme, measure: Measure) {
  const { cellWidth, rotated, everyCol, colLabel } = layout;
  let width = layout.bodyWidth;
  const labels = view.cols.map(({ text, special }, col) => {
    if (col % everyCol) return '';
    const x = col * cellWidth + (cellWidth - 1) / 2;
    const font = `12px ${FONTS}`;
    const shown = rotated ? fitted(text, colLabel, font, measure) : text;
    if (rotated) width = Math.max(width, x + measure([shown], font)[0]! * SPARE * Math.SQRT1_2 + 8);
    const place = rotated
      ? ({ x: x + 2, y: -8, align: 'left', rotate: -45 } as const)
      : ({ x, y: -12, align: 'center' } as const);
    const struck = isMaskedByHand(view, { row: 0, col });
    return svgLabel(shown, { ...place, size: 12, struck, fill: hex(special ? theme.muted : theme.foreground) });
  });
  return { content: labels.join('\n'), width };
}

/** The queries to the left of the cells; the chosen one marked. */
function svgRows(view: ExplorationView, layout: Layout, theme: PictureTheme, measure: Measure): string {
  const { rowHeight, labelWidth, everyRow } = layout;
  const room = labelWidth - 24;
  return view.rows
    .map(({ text, special }, row) => {
      const chosen = row === view.row;
      if (row % everyRow && !chosen) return '';
      const y = row * rowHeight + (rowHeight - 1) / 2;
      const size = Math.min(13, Math.max(9, rowHeight - 3));
      const shown = fitted(text, room, `${chosen ? 600 : 400} ${size}px ${FONTS}`, measure);
      const fill = hex(special && !chosen ? theme.muted : theme.foreground);
      const mark = { d: `M2 ${y - 3.5}l4 3.5l-4 3.5z`, fill: hex(theme.focus) };
      return `${chosen ? svgElement('path', mark) : ''}${svgLabel(shown, { x: labelWidth - 8, y, size, fill, align: 'right', bold: chosen })}`;
    })
    .join('\n');
}

/** A frame around the query's row. */
function svgBand({ row }: ExplorationView, layout: Layout, theme: PictureTheme): string {
  if (row < 0) return '';
  const { rowHeight, bodyWidth } = layout;
  return svgElement('rect', {
    x: -1.5,
    y: row * rowHeight - 1.5,
    width: bodyWidth + 2,
    height: rowHeight + 2,
    rx: 2,
    fill: 'none',
    stroke: hex(theme.focus),
    'pointer-events': 'none',
  });
}
