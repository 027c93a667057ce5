import type { RunSummary } from '../../src/contract/run.ts';
import type { AxisLabel, WholeView } from '../../src/contract/view.ts';
import { columnNames } from '../lines/line-columns.ts';
import { isOfAllHeads, type Line, listLines } from '../lines/line-list.ts';
import { headStyle, lineAppearance, lineStroke } from '../lines/line-style.ts';
import { FONTS, type Measure, type Picture, type PictureTheme } from './picture-theme.ts';
import { hex, svgDocument, svgElement } from './svg.ts';
import { CAPTION_HEIGHT, caption, fitted, svgCaption, svgLabel } from './svg-labels.ts';

/** Room for the lines; for the longest token of a column; between a token and its lines. */
const BETWEEN = 360;
const MOST_LABEL = 200;
const GAP = 8;
const MARK = 14;
/** Height of a token: as in the window, and less where there are many. */
const ROW = 24;
const TIGHT = 17;
const MANY = 30;
const HEAD = 22;

/** The lines as they are seen, as a picture: queries left, keys right, wide and opaque as they are strong. */
export function linesPicture(
  view: WholeView,
  run: RunSummary,
  threshold: number,
  theme: PictureTheme,
  measure: Measure,
): Picture {
  const count = Math.max(view.rows.length, view.cols.length);
  const height = count > MANY ? TIGHT : ROW;
  const names = columnNames(view.state.kind);
  const words = caption(view, run.model.name, threshold);
  const head = svgCaption(words, theme, measure);
  const heads = isOfAllHeads(view)
    ? svgHeads(view.overview.heads, theme, measure)
    : { content: '', width: 0, height: 0 };
  const left = columnWidth(view.rows, names.rows, measure) + MARK;
  const right = columnWidth(view.cols, names.cols, measure);
  const top = CAPTION_HEIGHT + heads.height;
  const from = left + GAP;
  const name = { y: top + HEAD / 2 - 2, size: 11, fill: hex(theme.muted) };
  const content = [
    head.content,
    svgElement('g', { transform: `translate(0 ${CAPTION_HEIGHT})` }, heads.content),
    svgLabel(names.rows, { ...name, x: left, align: 'right' }),
    svgLabel(names.cols, { ...name, x: from + BETWEEN + GAP, align: 'left' }),
    svgElement(
      'g',
      { transform: `translate(${from} ${top + HEAD})`, fill: 'none' },
      svgLines(view, listLines(view, threshold), height, theme),
    ),
    svgElement(
      'g',
      { transform: `translate(0 ${top + HEAD})` },
      [
        ...view.rows.map((label, i) => token(label, i, left, 'right', i === view.row)),
        ...view.cols.map((label, i) => token(label, i, from + BETWEEN + GAP, 'left', false)),
      ].join('\n'),
    ),
  ].join('\n');

  function token({ text, special }: AxisLabel, i: number, x: number, align: 'left' | 'right', chosen: boolean): string {
    const y = (i + 0.5) * height;
    const size = height < ROW ? 12 : 13;
    const shown = fitted(text, MOST_LABEL, `${chosen ? 600 : 400} ${size}px ${FONTS}`, measure);
    const fill = hex(special && !chosen && view.state.special === 'dim' ? theme.muted : theme.foreground);
    const mark = svgElement('path', { d: `M2 ${y - 3.5}l4 3.5l-4 3.5z`, fill: hex(theme.focus) });
    return (chosen ? mark : '') + svgLabel(shown, { x, y, size, fill, align, bold: chosen });
  }

  return svgDocument(
    {
      content,
      width: Math.max(head.width, heads.width, from + BETWEEN + GAP + right),
      height: top + HEAD + count * height,
      title: words.join(' · '),
      description: `${run.source} → ${run.target}`,
    },
    theme,
  );
}

/** Letters are a little wider in some fonts than here. */
function columnWidth(labels: readonly AxisLabel[], name: string, measure: Measure): number {
  const widths = measure(
    labels.map(({ text }) => text),
    `600 13px ${FONTS}`,
  );
  const most = Math.max(...widths, ...measure([name], `11px ${FONTS}`));
  return Math.ceil(Math.min(MOST_LABEL, most) * 1.06);
}

function svgLines(view: WholeView, lines: readonly Line[], height: number, theme: PictureTheme): string {
  return lines
    .map((line) => {
      const { row, col, strength, shift, linked } = line;
      const { color, dash } = lineAppearance(view, line, theme);
      const { width, opacity } = lineStroke(strength, linked);
      const [y, to] = [(row + 0.5 + shift) * height, (col + 0.5 + shift) * height];
      return svgElement('path', {
        d: `M0 ${y}C${BETWEEN * 0.4} ${y} ${BETWEEN * 0.6} ${to} ${BETWEEN} ${to}`,
        stroke: hex(color),
        'stroke-width': width,
        'stroke-opacity': opacity < 1 ? opacity : undefined,
        'stroke-dasharray': dash.length ? dash.join(' ') : undefined,
      });
    })
    .join('\n');
}

const SIZE = 11;
const STROKE = 18;
const LINE = 20;
/** Heads in a line. */
const PER_LINE = 8;

/** The heads of a layer with the strokes that their lines have, from (0, 0) on. */
function svgHeads(
  heads: number,
  theme: PictureTheme,
  measure: Measure,
): { readonly content: string; readonly width: number; readonly height: number } {
  const step = STROKE + 6 + measure([`H${heads}`], `${SIZE}px ${FONTS}`)[0]! + 14;
  const entries = Array.from({ length: heads }, (_, head) => {
    const { color, dash } = headStyle(head, theme.palette.background);
    const x = (head % PER_LINE) * step;
    const y = Math.floor(head / PER_LINE) * LINE + SIZE / 2;
    const stroke = svgElement('path', {
      d: `M${x} ${y}h${STROKE}`,
      stroke: hex(color),
      'stroke-width': 3,
      'stroke-dasharray': dash.length ? dash.join(' ') : undefined,
    });
    return (
      stroke + svgLabel(`H${head + 1}`, { x: x + STROKE + 6, y, size: SIZE, fill: hex(theme.muted), align: 'left' })
    );
  });
  return {
    content: entries.join('\n'),
    width: Math.min(heads, PER_LINE) * step - 14,
    height: Math.ceil(heads / PER_LINE) * LINE + 6,
  };
}
