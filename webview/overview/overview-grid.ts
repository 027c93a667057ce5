import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { HeadOrder } from '../../src/contract/view-state.ts';
import { act } from '../base/events.ts';
import { fill, formatList, t } from '../base/l10n.ts';
import type { Palette } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { select } from '../controls/selects.ts';
import { term } from '../controls/term.ts';
import { weightMax } from '../heatmap/value-scale.ts';
import {
  headExtremes,
  MEASURES,
  type MeasureName,
  measureMark,
  measureOf,
  measureText,
  measureTitle,
  ranked,
  topOf,
} from './measures.ts';

/** More heads than these stand closer. */
const MANY = 64;

/** All heads of one kind, small: by layer, or ranked by a measure; those that have most of one are marked. */
@customElement('ax-overview')
export class OverviewGrid extends LitElement {
  @property({ attribute: false }) view: ExplorationView | undefined;
  /** Where the keyboard is. */
  @state() private cursor: { layer: number; head: number } | undefined;
  private stopListening: (() => void) | undefined;
  private painted: Float32Array | undefined;
  private paintedAs: HeadOrder | undefined;

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = theme.listen(() => {
      this.painted = undefined;
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    this.stopListening?.();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('view') && changed.get('view')?.runId !== this.view?.runId) this.cursor = undefined;
  }

  override render() {
    const { view } = this;
    if (!view) return nothing;
    const { layers, heads } = view.overview;
    const { sort } = view.state;
    return html`<div class="head">
        <h2>${t('Overview')}</h2>
        <span class="cap">${fill(t('{0} {1} × {2} {3}'), [layers, term('layer', t('layers')), heads, term('head', t('heads'))])}</span>
        ${select({
          name: t('Order of heads'),
          long: t('Order'),
          value: sort,
          choices: [
            { value: 'layer', label: t('by layer') },
            ...MEASURES.map((name) => ({ value: name, label: measureTitle(name) })),
          ],
          onChange: (to) => act(this, { type: 'setSort', sort: to as HeadOrder }),
        })}
      </div>
      <div class="over ${layers * heads > MANY ? 'many' : ''}">
        ${sort === 'layer' ? this.byLayer(view) : this.byMeasure(view, sort)}
        ${headExtremes(view, ({ layer, head }) => this.choose(layer, head))}
      </div>`;
  }

  private byLayer(view: ExplorationView) {
    const { layers, heads } = view.overview;
    const count = (n: number) => Array.from({ length: n }, (_, i) => i);
    return html`<div class="mat" role="grid" aria-label=${t('Layers and heads')} .style=${`--heads: ${heads}`} @keydown=${this.onKey}>
      <div role="row"><span class="cap" role="columnheader" aria-label=${t('Layer')}></span>${count(heads).map(
        (head) =>
          html`<span class="cap" role="columnheader" aria-label=${t('Head {0}', head + 1)}>${
            heads > 8 ? head + 1 : `H${head + 1}`
          }</span>`,
      )}</div>
      ${count(layers).map(
        (
          layer,
        ) => html`<div role="row"><span class="cap row" role="rowheader" aria-label=${t('Layer {0}', layer + 1)}>L${layer + 1}</span>
          ${count(heads).map((head) => this.thumbnail(view, layer, head))}</div>`,
      )}
    </div>`;
  }

  /** Ranked, each under its name and its measure. */
  private byMeasure(view: ExplorationView, name: MeasureName) {
    const { overview } = view;
    return html`<div class="ranked" role="listbox" aria-orientation="horizontal" aria-label=${t('Heads, {0} first', measureTitle(name))} @keydown=${this.onKey}>
      ${ranked(overview, name).map((index) => {
        const [layer, head] = [Math.floor(index / overview.heads), index % overview.heads];
        return this.thumbnail(view, layer, head, measureText(name, measureOf(overview, name, index)));
      })}
    </div>`;
  }

  protected override updated(_: PropertyValues): void {
    const overview = this.view?.overview;
    const sort = this.view?.state.sort;
    if (!overview || !sort || (overview.values === this.painted && sort === this.paintedAs)) return;
    this.painted = overview.values;
    this.paintedAs = sort;
    const size = overview.rows * overview.cols;
    const max = weightMax(overview.values);
    for (const cell of this.querySelectorAll<HTMLElement>('.th')) {
      const canvas = cell.querySelector('canvas');
      const at = Number(cell.dataset.layer) * overview.heads + Number(cell.dataset.head);
      const values = overview.values.subarray(at * size, (at + 1) * size);
      if (canvas) paintThumbnail(canvas, values, overview.rows, overview.cols, max, theme.palette);
    }
  }

  /** @param measured its value, where heads are ranked by one */
  private thumbnail(view: ExplorationView, layer: number, head: number, measured?: string) {
    const { state, overview } = view;
    const chosen = isIn(state.layer, layer) && isIn(state.head, head);
    const tops = MEASURES.filter((name) => topOf(view, name).layer === layer && topOf(view, name).head === head);
    const entropy = overview.measures.entropy[layer * overview.heads + head]!.toFixed(2);
    const at = this.cursor ?? { layer: first(state.layer), head: first(state.head) };
    const name = formatList([
      measured
        ? // Begins as what is written below it.
          `L${layer + 1}·H${head + 1} ${measured}`
        : t('Layer {0}, head {1}, entropy {2} nat', layer + 1, head + 1, entropy),
      ...tops.map(measureTitle),
    ]);
    return html`<div class="th" role=${measured ? 'option' : 'gridcell'} tabindex=${at.layer === layer && at.head === head ? 0 : -1} title=${name}
      aria-label=${name} aria-selected=${chosen} data-layer=${layer} data-head=${head}
      @click=${() => this.choose(layer, head)} @focus=${() => (this.cursor = { layer, head })}>
      <canvas aria-hidden="true"></canvas>${tops.map(measureMark)}
      ${measured ? html`<span class="cap" aria-hidden="true">L${layer + 1}·H${head + 1}</span> <span class="cap" aria-hidden="true">${measured}</span>` : nothing}</div>`;
  }

  private choose(layer: number, head: number): void {
    act(this, { type: 'setHead', head, layer });
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('.th');
    if (!cell || !this.view || event.ctrlKey || event.metaKey || event.altKey) return;
    const layer = Number(cell.dataset.layer);
    const head = Number(cell.dataset.head);
    const to = this.next(event.key, cell);
    if (to) {
      to.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.choose(layer, head);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Where an arrow leads: in the grid up and down are layers, in a ranked list they are its lines. */
  private next(key: string, from: HTMLElement): HTMLElement | undefined {
    const all = [...this.querySelectorAll<HTMLElement>('.th')];
    const at = all.indexOf(from);
    const heads = this.view!.overview.heads;
    const isGrid = this.view!.state.sort === 'layer';
    const line = isGrid ? heads : Math.max(1, all.filter(({ offsetTop }) => offsetTop === all[0]!.offsetTop).length);
    const start = isGrid ? at - (at % heads) : 0;
    const end = isGrid ? start + heads - 1 : all.length - 1;
    const column = at % line;
    const moves: Record<string, number> = {
      ArrowUp: at - line >= 0 ? at - line : column,
      ArrowDown: at + line < all.length ? at + line : at,
      ArrowLeft: Math.max(start, at - 1),
      ArrowRight: Math.min(end, at + 1),
      Home: start,
      End: end,
    };
    return all[moves[key] ?? -1];
  }
}

const isIn = (chosen: number | 'mean', index: number): boolean => chosen === 'mean' || chosen === index;
const first = (chosen: number | 'mean'): number => (chosen === 'mean' ? 0 : chosen);

/** `max` is the weight at the end of the scale. One pixel a value; the style sheet stretches it without smoothing. */
function paintThumbnail(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  rows: number,
  cols: number,
  max: number,
  palette: Palette,
): void {
  canvas.width = Math.max(1, cols);
  canvas.height = Math.max(1, rows);
  const context = canvas.getContext('2d');
  if (!context || rows * cols === 0) return;
  const image = context.createImageData(cols, rows);
  values.forEach((value, i) => {
    // Masked cells stay clear.
    if (Number.isNaN(value)) return;
    image.data.set(palette.sequential(value / max), i * 4);
    image.data[i * 4 + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
