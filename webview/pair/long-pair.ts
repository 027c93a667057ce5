import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AxisLabel, TiledView } from '../../src/contract/view.ts';
import { act, hover } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';
import { css } from '../color/palette.ts';
import { theme } from '../color/theme.ts';

/** Queries shown to either side of the one that asks, and keys that get most of its weight. */
const AROUND = 10;
const KEYS = 24;

/** The pair of a long run, as far as it can be read: the query among its neighbours, and the keys that it looks at most. */
@customElement('ax-long-pair')
export class LongPair extends LitElement {
  @property({ attribute: false }) view: TiledView | undefined;
  private stopListening: (() => void) | undefined;

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = theme.listen(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    this.stopListening?.();
    super.disconnectedCallback();
  }

  /** Puts the keyboard back on the query. */
  focusQuery(): void {
    this.querySelector<HTMLElement>('.chip.now')?.focus();
  }

  override render() {
    const { view } = this;
    if (!view || view.rows.length === 0) return nothing;
    const { rows, cols, row } = view;
    const { rowWeights } = view.map;
    const keys = strongestKeys(rowWeights, KEYS);
    const from = Math.max(0, row - AROUND);
    const to = Math.min(rows.length, row + AROUND + 1);
    return html`<section class="sec pair" aria-label=${t('The pair')}><div class="in">
      <span class="lang">${t('keys')}</span><div class="chips tinted" dir="auto" role="list" aria-label=${t('Keys that get most of the weight')}>${keys.map(
        (col, i) => html`${gap(i === 0 ? col : col - keys[i - 1]! - 1)}${this.key(cols[col]!, col, rowWeights[col]!)}`,
      )}${gap(cols.length - 1 - (keys.at(-1) ?? -1))}</div>
      <span class="lang">${t('queries')}</span><div class="chips" dir="auto" role="listbox" aria-orientation="horizontal" aria-label=${t('Queries around the chosen one')}>${
        row < 0
          ? nothing
          : html`${gap(from)}${rows.slice(from, to).map((label, i) => this.query(label, from + i, from + i === row))}${gap(rows.length - to)}`
      }</div>
      <div class="cap note">${this.note(view)}</div>
    </div></section>`;
  }

  private key(label: AxisLabel, col: number, weight: number) {
    const tint = theme.palette.sequential(weight / this.most);
    return html`<span class=${label.special ? 'chip end' : 'chip'} role="listitem" title=${`${label.text} ${weight.toFixed(3)}`}
      .style=${`background:${css(tint)};color:${css(theme.palette.ink(tint))}`} @pointerenter=${() => hover(this, -1, col)}
      @pointerleave=${() => hover(this, -1, -1)}>${label.text}</span>`;
  }

  private query(label: AxisLabel, row: number, now: boolean) {
    return html`<button type="button" class=${now ? 'chip now' : 'chip'} role="option" aria-selected=${now} tabindex=${now ? 0 : -1}
      title=${label.text} @click=${() => act(this, { type: 'setQuery', query: label.from })} @pointerenter=${() => hover(this, row, -1)}
      @pointerleave=${() => hover(this, -1, -1)}>${label.text}</button>`;
  }

  private get most(): number {
    return this.view?.map.rowWeights.reduce((most, weight) => Math.max(most, weight), 1e-9) ?? 1;
  }

  private note({ row, rows, cols }: TiledView) {
    if (row < 0) return t('The query is a special token, which is left out.');
    return t(
      'Query {0} of {1}, “{2}”, and the keys of {3} that get most of its weight, in the order of the text. Tint = weight.',
      count(row + 1),
      count(rows.length),
      rows[row]!.text,
      count(cols.length),
    );
  }
}

/** Tokens that are left out between two that are shown. */
function gap(tokens: number) {
  if (tokens <= 0) return nothing;
  return html`<span class="cap gap" title=${t('{0} more', count(tokens))}>…</span>`;
}

/** Indexes of the largest weights, in their order. @param most how many, at most */
function strongestKeys(weights: Float32Array, most: number): number[] {
  return Array.from(weights.keys())
    .filter((i) => weights[i]! > 0)
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
