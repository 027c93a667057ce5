import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RunMedia, RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { rowWeights } from '../../src/insight/attended-words.ts';
import { type Cell, NO_CELL } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { PaintedElement } from '../base/painted-element.ts';
import { theme } from '../color/theme.ts';
import { paintPicture, paintSound } from './media-painting.ts';

/** The sound or picture that the source is, with the attention of the query drawn on it. */
@customElement('ax-media')
export class Media extends PaintedElement {
  @property({ attribute: false }) run: RunSummary | undefined;
  @property({ attribute: false }) view: ExplorationView | undefined;
  @property({ attribute: false }) pointed: Cell = NO_CELL;

  protected override resized(): void {
    this.paint();
  }

  override render() {
    const media = this.run?.media;
    const { view } = this;
    if (!media || !view) return nothing;
    const query = view.rows[this.row(view)]?.text ?? '';
    return html`<figure class="media ${media.kind}">
      <canvas role="img" aria-label=${described(media, query)}></canvas>
      <figcaption class="cap"><bdi>${media.name}</bdi> · ${caption(media)}</figcaption>
    </figure>`;
  }

  protected override updated(): void {
    this.paint();
  }

  /** The row pointed at, else the query. */
  private row(view: ExplorationView): number {
    return this.pointed.row >= 0 && this.pointed.row < view.rows.length ? this.pointed.row : view.row;
  }

  private paint(): void {
    const media = this.run?.media;
    const { view } = this;
    const canvas = this.querySelector('canvas');
    if (!media || !view || !canvas) return;
    const weights = positionWeights(view, this.row(view), this.run?.sourceTokens.length ?? 0);
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    if (media.kind === 'sound') paintSound(canvas, media, weights, theme.palette, ratio);
    else paintPicture(canvas, media, weights, theme.colors.accent, ratio);
  }
}

function described(media: RunMedia, query: string): string {
  return media.kind === 'sound'
    ? t('Spectrogram of {0}, and below it where “{1}” listens', media.name, query)
    : t('Picture {0}, brighter where “{1}” looks', media.name, query);
}

function caption(media: RunMedia): string {
  return media.kind === 'sound'
    ? t('{0} s; below, the query’s attention over time', media.seconds.toFixed(1))
    : t('{0} × {0} patches; brightness is the query’s attention', media.across);
}

/**
 * A row's attention on every source position, the sum of a column's pieces spread evenly over them.
 * @param row of the view    @param count source positions
 * @returns [count]; zeros in self-attention of the decoder, which looks at no source
 */
function positionWeights(view: ExplorationView, row: number, count: number): Float32Array {
  const out = new Float32Array(count);
  if (row < 0 || view.state.kind === 'decoder') return out;
  // Of the query itself every position is known, in words as well.
  if (view.step && row === view.row && view.step.weights.length === count) return view.step.weights;
  const weights = rowWeights(view, row);
  if (!weights) return out;
  view.cols.forEach(({ from, to }, col) => {
    const weight = weights[col]! || 0;
    for (let i = from; i < Math.min(to, count); i++) out[i] = weight / (to - from);
  });
  return out;
}
