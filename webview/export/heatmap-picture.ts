import type { MatrixOf } from '../../src/contract/choices.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView, WholeView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { isMaskedByHand } from '../heatmap/cell-description.ts';
import { type HeatmapLayout, heatmapLayout } from '../heatmap/heatmap-layout.ts';
import { legendWords } from '../heatmap/legend.ts';
import { ramp, type ValueScale, valueScale } from '../heatmap/value-scale.ts';
import { FONTS, type Measure, type Picture, type PictureTheme } from './picture-theme.ts';
import { hex, svgDocument, svgElement } from './svg.ts';
import { svgCells } from './svg-cells.ts';
import { CAPTION_HEIGHT, caption, fitted, svgCaption, svgLabel } from './svg-labels.ts';

/** Width that a pair of a dozen words fills; longer ones take what their cells need. */
const WIDTH = 720;
/** Letters are as wide as here in one font, a little wider in another. */
const SPARE = 1.06;
/** From the matrix to the legend. */
const GAP = 14;

/** The heatmap as it is seen, as a picture: caption, axes, cells with numbers, the query's row, legend. */
export function heatmapPicture(view: WholeView, run: RunSummary, theme: PictureTheme, measure: Measure): Picture {
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
  const scale = valueScale(view.of, view.map.values);
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
function svgColumns(view: WholeView, layout: Layout, theme: PictureTheme, measure: Measure) {
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
function svgRows(view: WholeView, layout: Layout, theme: PictureTheme, measure: Measure): string {
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
function svgBand({ row }: WholeView, layout: Layout, theme: PictureTheme): string {
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

/** The cells of a hard alignment: a ring in the ink of the theme on a wider one of the background, as in the panel. */
function svgLinks({ alignment }: ExplorationView, layout: HeatmapLayout, theme: PictureTheme): string {
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

const LEGEND_HEIGHT = 16;

const SIZE = 11;
const RAMP = 144;

const LEGEND_GAP = 8;

/** Enough that no step is seen; a gradient would need an id, which two pictures in a document would share. */
const STEPS = 47;

/** The scale's colours with the numbers at its ends and the name of the values, from (x, y) on. */
function svgLegend(
  of: MatrixOf,
  scale: ValueScale,
  x: number,
  y: number,
  theme: PictureTheme,
  measure: Measure,
): { readonly content: string; readonly width: number } {
  const words = legendWords(of, scale);
  const colors = ramp(scale, theme.palette, STEPS);
  const middle = y + LEGEND_HEIGHT / 2;
  const label = (text: string, at: number) =>
    svgLabel(text, { x: at, y: middle, size: SIZE, fill: hex(theme.muted), align: 'left' });
  const [from, to, name] = measure([words.from, words.to, words.name], `${SIZE}px ${FONTS}`) as [
    number,
    number,
    number,
  ];
  const left = x + from + LEGEND_GAP;
  const right = left + RAMP + LEGEND_GAP;
  const width = RAMP / colors.length;
  // Each a little wider than its part, so that no reader lets the background through; the last one is not.
  const steps = colors.map((color, i) =>
    svgElement('rect', {
      x: left + i * width,
      y: middle - 4,
      width: i === colors.length - 1 ? width : width + 1,
      height: 8,
      fill: hex(color),
    }),
  );
  return {
    content: [label(words.from, x), ...steps, label(words.to, right), label(words.name, right + to + LEGEND_GAP)].join(
      '\n',
    ),
    width: right + to + LEGEND_GAP + name - x,
  };
}
