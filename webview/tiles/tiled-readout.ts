import { html, type TemplateResult } from 'lit';
import type { ExplorationView } from '../../src/contract/view.ts';
import { placesOf, told } from '../atlas/block-words.ts';
import { t } from '../base/l10n.ts';
import { blockAt } from './blocks.ts';
import type { TileStore } from './tile-store.ts';
import type { Axes, Axis } from './viewport.ts';

/** Rows and columns that are read. */
const MOST = 12;

/** What is in sight as a table for screen readers: its cells, or as many blocks spread over it. */
export function atlasTable(
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
      ? `${placesOf(at, 1, labels.length)} ${labels[at]?.text ?? ''}`
      : placesOf(at, 2 ** level, labels.length);
  const cell = (row: number, col: number) => {
    const block = blockAt(tiles, row, col, level, top);
    return block && !Number.isNaN(block.max) ? told(view.of, block.max) : '–';
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
