import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import { theme } from '../color/theme.ts';
import { act } from '../events.ts';
import { fill } from '../fill.ts';
import { short } from '../format.ts';
import { weightMax } from '../heatmap/scale.ts';
import { t } from '../l10n.ts';
import { term } from '../terms/term.ts';
import { paintThumbnail } from './paint-thumbnail.ts';

/** All layers × heads of one kind, small; the sharpest marked. Arrows walk them, Enter chooses. */
@customElement('ax-overview')
export class OverviewGrid extends LitElement {
  @property({ attribute: false }) view: ExplorationView | undefined;
  /** Where the keyboard is. */
  @state() private cursor: { layer: number; head: number } | undefined;
  private stopListening: (() => void) | undefined;
  private painted: Float32Array | undefined;

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

  override render() {
    const { view } = this;
    if (!view) return nothing;
    const { layers, heads } = view.overview;
    const count = (n: number) => Array.from({ length: n }, (_, i) => i);
    return html`<div class="head">
        <h2>${t('Overview')}</h2>
        <span class="cap">${fill(t('{0} {1} × {2} {3}'), [layers, term('layer', t('layers')), heads, term('head', t('heads'))])}</span>
      </div>
      <div class="over">
        <div class="mat" role="grid" aria-label=${t('Layers and heads')} .style=${`--heads: ${heads}`} @keydown=${this.onKey}>
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
        </div>
        ${this.facts(view)}
      </div>`;
  }

  protected override updated(_: PropertyValues): void {
    const overview = this.view?.overview;
    if (!overview || overview.values === this.painted) return;
    this.painted = overview.values;
    const size = overview.rows * overview.cols;
    const max = weightMax(overview.values);
    this.querySelectorAll<HTMLCanvasElement>('.th canvas').forEach((canvas, i) => {
      paintThumbnail(
        canvas,
        overview.values.subarray(i * size, (i + 1) * size),
        overview.rows,
        overview.cols,
        max,
        theme.palette,
      );
    });
  }

  private thumbnail(view: ExplorationView, layer: number, head: number) {
    const { state, facts, overview } = view;
    const chosen = isIn(state.layer, layer) && isIn(state.head, head);
    const sharpest = facts.sharpest.layer === layer && facts.sharpest.head === head;
    const entropy = overview.measures.entropy[layer * overview.heads + head]!.toFixed(2);
    const at = this.cursor ?? { layer: first(state.layer), head: first(state.head) };
    const name = sharpest
      ? t('Layer {0}, head {1}, entropy {2} nat, the sharpest', layer + 1, head + 1, entropy)
      : t('Layer {0}, head {1}, entropy {2} nat', layer + 1, head + 1, entropy);
    return html`<div class="th" role="gridcell" tabindex=${at.layer === layer && at.head === head ? 0 : -1} title=${name}
      aria-label=${name} aria-selected=${chosen} data-layer=${layer} data-head=${head}
      @click=${() => this.choose(layer, head)} @focus=${() => (this.cursor = { layer, head })}>
      <canvas aria-hidden="true"></canvas>${sharpest ? html`<span class="dot"></span>` : nothing}</div>`;
  }

  private facts(view: ExplorationView) {
    const { facts, state, rows, cols } = view;
    const selected = `${short('L', state.layer, t('mean'))} · ${short('H', state.head, t('mean'))}`;
    const peak = facts.peak;
    const peakText = peak ? `${rows[peak.row]!.text} → ${cols[peak.col]!.text} ${peak.weight.toFixed(2)}` : t('none');
    const sharp = facts.sharpest;
    const entropy = t('{0} of {1} nat', facts.entropy.toFixed(2), facts.maxEntropy.toFixed(2));
    return html`<dl class="facts">
      <dt>${t('Selected')}</dt><dd>${selected}</dd>
      <dt>${term('entropy', t('Entropy'))}</dt><dd>${entropy}</dd>
      <dt>${term('peak', t('Peak'))}</dt><dd title=${peakText}><bdi>${peakText}</bdi></dd>
      <dt><span class="dotkey" aria-hidden="true"></span>${term('sharpest', t('Sharpest'))}</dt>
      <dd>${t('L{0} · H{1}, {2} nat', sharp.layer + 1, sharp.head + 1, sharp.value.toFixed(2))}</dd>
    </dl>`;
  }

  private choose(layer: number, head: number): void {
    act(this, { type: 'setHead', head, layer });
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('.th');
    if (!cell || !this.view || event.ctrlKey || event.metaKey || event.altKey) return;
    const { layers, heads } = this.view.overview;
    const layer = Number(cell.dataset.layer);
    const head = Number(cell.dataset.head);
    const moves: Record<string, [number, number]> = {
      ArrowUp: [layer - 1, head],
      ArrowDown: [layer + 1, head],
      ArrowLeft: [layer, head - 1],
      ArrowRight: [layer, head + 1],
      Home: [layer, 0],
      End: [layer, heads - 1],
    };
    const to = moves[event.key];
    if (to) {
      const [l, h] = [Math.max(0, Math.min(layers - 1, to[0])), Math.max(0, Math.min(heads - 1, to[1]))];
      this.querySelector<HTMLElement>(`.th[data-layer="${l}"][data-head="${h}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.choose(layer, head);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

const isIn = (chosen: number | 'mean', index: number): boolean => chosen === 'mean' || chosen === index;
const first = (chosen: number | 'mean'): number => (chosen === 'mean' ? 0 : chosen);
