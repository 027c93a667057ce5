import { html, nothing, type TemplateResult } from 'lit';
import type { AxisLabel, ExplorationView } from '../../src/contract/view.ts';
import type { Cell } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { icon } from '../controls/icon.ts';
import { segmented } from '../controls/selects.ts';
import { moveTip, placeTip } from '../controls/tooltip.ts';
import { type Block, blockAt, rangeText, valueText } from './blocks.ts';
import type { Measure } from './tile-images.ts';
import type { TileStore } from './tile-store.ts';
import type { TiledPicture } from './tiled-picture.ts';
import type { Axes, Axis } from './viewport.ts';

/** Rows and columns that are read. */
const MOST = 12;

/** What is in sight as a table for screen readers: its cells, or as many blocks spread over it. */
export function tiledTable(
  view: ExplorationView,
  tiles: TileStore,
  axes: Axes,
  level: number,
  top: number,
): TemplateResult {
  const rows = spread(axes.rows, 2 ** level);
  const cols = spread(axes.cols, 2 ** level);
  const name = (labels: ExplorationView['rows'], at: number) =>
    level === 0
      ? `${rangeText(at, 1, labels.length)} ${labels[at]?.text ?? ''}`
      : rangeText(at, 2 ** level, labels.length);
  const cell = (row: number, col: number) => {
    const block = blockAt(tiles, row, col, level, top);
    return block && !Number.isNaN(block.max) ? valueText(view.of, block.max) : '–';
  };
  return html`<div class="sr"><table>
    <caption>${level === 0 ? t('Cells in sight, queries in rows, keys in columns') : t('Blocks of {0} × {0} cells spread over what is in sight, the greatest value of each', 2 ** level)}</caption>
    <thead><tr><th scope="col">${t('Query')}</th>${cols.map((col) => html`<th scope="col"><bdi>${name(view.cols, col)}</bdi></th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row"><bdi>${name(view.rows, row)}</bdi></th>${cols.map((col) => html`<td>${cell(row, col)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** First cells of up to MOST blocks in sight, evenly spread. */
function spread({ from, span, count }: Axis, block: number): number[] {
  const first = Math.floor(from / block);
  const blocks = Math.ceil(Math.min(count, from + span) / block - 1e-9) - first;
  const most = Math.min(MOST, blocks);
  return Array.from({ length: most }, (_, i) => (first + Math.floor((i * blocks) / most)) * block);
}

const GAP = 8;

/** What a cell or a block holds, in numbers. */
export function tiledTip(view: ExplorationView, block: Block | undefined, row: number, col: number): TemplateResult {
  const { rows, cols, of } = view;
  const size = block?.size ?? 1;
  const masked = block !== undefined && Number.isNaN(block.max);
  return html`<div class="tip atlas-tip" role="tooltip">
    <div class="title"><b>${words(rows, block?.row ?? row, size)}</b><em>→</em><b>${words(cols, block?.col ?? col, size)}</b></div>
    <dl><dt>${t('row')}</dt><dd>${rangeText(block?.row ?? row, size, rows.length)}</dd>
      <dt>${t('column')}</dt><dd>${rangeText(block?.col ?? col, size, cols.length)}</dd>
      ${block && !masked ? values(view, block) : nothing}</dl>
    ${block ? nothing : html`<span class="cap">${t('Not computed yet.')}</span>`}
    ${masked ? html`<span class="cap">${size === 1 ? t('Comes later: this query may not look at it.') : t('All of it is masked.')}</span>` : nothing}
    ${block && size > 1 ? html`<span class="cap keys">${blockText(block, of === 'weight')}</span>` : nothing}
  </div>`;
}

function values({ of }: ExplorationView, { size, max, mean }: Block): TemplateResult {
  const name = {
    score: () => 'q · k',
    weight: () => t('weight'),
    contribution: () => t('‖weight × value‖'),
    value: () => t('‖weight × value × W_O‖'),
    rollout: () => t('rollout'),
    difference: () => t('B − A'),
  }[of]();
  if (size === 1) return html`<dt>${name}</dt><dd class="strong">${valueText(of, max)}</dd>`;
  return html`<dt>${t('max')}</dt><dd class="strong">${valueText(of, max)}</dd><dt>${t('mean')}</dt><dd>${valueText(of, mean)}</dd>`;
}

function blockText({ size, whole }: Block, ofWeights: boolean): string {
  if (!whole) return t('Block of {0} × {0}, still being computed.', size);
  return ofWeights
    ? t('Block of {0} × {0} weights. Zoom in for each.', size)
    : t('Block of {0} × {0} cells. Zoom in for each.', size);
}

/** The token, or the first and the last of a block. */
function words(labels: readonly AxisLabel[], from: number, size: number): TemplateResult {
  const first = labels[from]?.text ?? '';
  const last = labels[Math.min(labels.length, from + size) - 1]?.text ?? '';
  return size === 1 || first === last ? html`<bdi>${first}</bdi>` : html`<bdi>${first}</bdi> … <bdi>${last}</bdi>`;
}

/** Puts the tip below or above what it is of, never over its own row. */
export function placeBlockTip(box: HTMLElement, map: HTMLElement, picture: TiledPicture, cell: Cell): void {
  const { room, axes } = picture;
  const { rows, cols } = axes;
  const { row, col, size } = picture.blockOf(cell);
  const left = room.labelWidth + (col + size - cols.from) * cols.scale + 4;
  const top = room.headHeight + (row - rows.from) * rows.scale;
  const anchor = { left, top, bottom: top + Math.max(3, size * rows.scale) };
  const inside = { left: 0, top: Number.NEGATIVE_INFINITY, right: map.clientWidth, bottom: map.clientHeight + 12 };
  moveTip(box, placeTip(anchor, { width: box.offsetWidth, height: box.offsetHeight }, inside, GAP));
}

/** A step of the zoom by key or button. */
export const ZOOM_STEP = 1.6;

interface Tools {
  readonly measure: Measure;
  /** 0 … 1 */
  readonly zoom: number;
  readonly setMeasure: (measure: Measure) => void;
  readonly zoomBy: (factor: number) => void;
  readonly fit: () => void;
}

/** What a block shows of its cells, and how large they are. */
export function tiledTools({ measure, zoom, setMeasure, zoomBy, fit }: Tools): TemplateResult {
  return html`${segmented<Measure>({
    name: t('What a block of cells shows'),
    value: measure,
    segments: [
      { value: 'max', label: t('max'), title: t('Greatest value of each block: a thin bright line stays') },
      { value: 'mean', label: t('mean'), title: t('Mean of each block: how much there is, not the thin bright lines') },
    ],
    onChange: setMeasure,
  })}
    <button type="button" class="tool" title=${t('Zoom out (−)')} aria-label=${t('Zoom out')} ?disabled=${zoom <= 0} @click=${() => zoomBy(1 / ZOOM_STEP)}>${icon('minus')}</button>
    <button type="button" class="tool" title=${t('Zoom in (+)')} aria-label=${t('Zoom in')} ?disabled=${zoom >= 1} @click=${() => zoomBy(ZOOM_STEP)}>${icon('plus')}</button>
    <button type="button" class="tool" title=${t('Show all of it (0)')} aria-label=${t('Show all of it')} ?disabled=${zoom <= 0} @click=${fit}>${icon('fit')}</button>`;
}
