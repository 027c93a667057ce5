import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { cache } from 'lit/directives/cache.js';
import { PHASES, type Phase } from '../../src/exploration/view-state.ts';
import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import type { RunSummary } from '../../src/protocol/run.ts';
import { icon } from '../controls/icon.ts';
import { act, command, hover } from '../events.ts';
import { t } from '../l10n.ts';
import { toggleMask } from '../what-if/edit-what-if.ts';
import { combinePhase, combineSentence } from './combine-phase.ts';
import { formula } from './formula.ts';
import { matchPhase, matchSentence } from './match-phase.ts';
import type { PhaseContext } from './phase-context.ts';
import { queryPhase, querySentence } from './query-phase.ts';
import { byWeight, shownKeys } from './shown-keys.ts';
import { wordPieces } from './word-pieces.ts';

const SENTENCES = { query: querySentence, match: matchSentence, combine: combineSentence };
const BODIES = { query: queryPhase, match: matchPhase, combine: combinePhase };

/** The three phases of one query of one head, in words and numbers. */
@customElement('ax-stepper')
export class Stepper extends LitElement {
  @property({ attribute: false }) view: ExplorationView | undefined;
  @property({ attribute: false }) run: RunSummary | undefined;
  @property({ type: Boolean }) playing = false;
  /** Whether tokens can be masked from here. */
  @property({ type: Boolean }) changeable = false;
  @state() private all = false;
  /** Row of the keyboard; undefined at first: the strongest key. */
  @state() private stop: number | undefined;
  @state() private width = 640;
  private readonly sizes = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry.contentRect.width);
  });

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    this.sizes.disconnect();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view') || changed.get('view')?.runId === this.view?.runId) return;
    this.all = false;
    this.stop = undefined;
  }

  override render() {
    const { view } = this;
    if (!view) return nothing;
    return html`${this.bar(view)}
      <div role="tabpanel" id="phase-body" @keydown=${this.onRowKey} @focusin=${this.onRow} @focusout=${this.onNoRow} @pointerover=${this.onRow} @pointerleave=${this.onNoRow} aria-labelledby=${`phase-${view.state.phase}`}>${view.step ? this.body(view) : this.askForHead(view)}</div>`;
  }

  private bar(view: ExplorationView) {
    const at = PHASES.indexOf(view.state.phase);
    const names: Record<Phase, string> = { query: t('Query'), match: t('Match'), combine: t('Combine') };
    return html`<div class="steps">
      <h2 class="sr">${t('Step by step')}</h2>
      <div class="tabs" role="tablist" aria-label=${t('Phase')} @keydown=${this.onKey}>${PHASES.map(
        (phase, i) => html`${i > 0 ? html`<span class="link" role="presentation"></span>` : nothing}
          <button type="button" class=${i < at ? 'tab done' : 'tab'} role="tab" id=${`phase-${phase}`} aria-controls="phase-body"
            aria-selected=${i === at} tabindex=${i === at ? 0 : -1} data-term=${phase} @click=${() => act(this, { type: 'setPhase', phase })}
            ><b aria-hidden="true">${i + 1}</b>${names[phase]}</button>`,
      )}</div>
      <div class="ctl">
        <button type="button" class="tool" title=${t('Previous phase (←)')} aria-label=${t('Previous phase')}
          @click=${() => act(this, { type: 'previousPhase' })}>${icon('left')}</button>
        <button type="button" class="tool" title=${this.playing ? t('Pause') : t('Play')} aria-label=${this.playing ? t('Pause') : t('Play')}
          @click=${() => command(this, 'play')}>${icon(this.playing ? 'pause' : 'play')}</button>
        <button type="button" class="tool" title=${t('Next phase (→)')} aria-label=${t('Next phase')}
          @click=${() => act(this, { type: 'nextPhase' })}>${icon('right')}</button>
      </div></div>`;
  }

  private body(view: ExplorationView) {
    const step = view.step!;
    const { phase, kind } = view.state;
    const keys = shownKeys(step.weights, this.all);
    const last = byWeight(step.weights)[0];
    const context: PhaseContext = {
      step,
      kind,
      keys,
      hidden: (step.keyCount ?? step.weights.length) - keys.length,
      rest: step.weights.length - keys.length,
      before: view.whatIf && Float32Array.from(step.keyTokens, ({ from }) => view.whatIf!.before.weights[from]!),
      forced: view.state.whatIf?.force?.query === step.query,
      stop: this.stop !== undefined && keys.includes(this.stop) ? this.stop : last,
      masked: new Set(step.keyTokens.flatMap(({ from }, key) => (view.state.whatIf?.mask.includes(from) ? [key] : []))),
      mask: this.changeable ? (key) => this.mask(key) : undefined,
      width: this.width,
      showAll: () => (this.all = true),
    };
    const pieces = this.run ? wordPieces(view, this.run, (query) => act(this, { type: 'setQuery', query })) : nothing;
    return html`${formula(step, phase)}${pieces}<p class="say">${SENTENCES[phase](context)}</p>${cache(BODIES[phase](context))}`;
  }

  /** An average of softmaxes has no one q: phases belong to a head. */
  private askForHead(view: ExplorationView) {
    const { layer, head } = view.facts.sharpest;
    return html`<p class="say">${t('The heatmap shows an average. A query, its keys and its values belong to one head: choose one to step through it.')}</p>
      <button type="button" class="button" @click=${() => act(this, { type: 'setHead', layer, head })}>${t(
        'Step through the sharpest head, L{0} · H{1}',
        layer + 1,
        head + 1,
      )}</button>`;
  }

  /** @param key index into the step's keys */
  private mask(key: number): void {
    const label = this.view?.step?.keyTokens[key];
    if (label) act(this, toggleMask(this.view?.state.whatIf, label));
  }

  private rowOf(event: Event): HTMLElement | null {
    return (event.target as HTMLElement).closest<HTMLElement>('tr[data-key]');
  }

  /** A key under the pointer or the keyboard is lit in the picture as well. */
  private readonly onRow = (event: Event) => {
    const row = this.rowOf(event);
    const { view } = this;
    if (!row || !view) return;
    const at = Number(row.dataset.key);
    const key = view.step?.keyTokens[at]?.from ?? at;
    if (event.type === 'focusin') this.stop = at;
    hover(
      this,
      -1,
      view.cols.findIndex(({ from, to }) => key >= from && key < to),
    );
  };

  private readonly onNoRow = () => hover(this, -1, -1);

  /** ↑ ↓ walk the keys, M masks one, Esc leaves. */
  private readonly onRowKey = (event: KeyboardEvent) => {
    const row = this.rowOf(event);
    if (!row || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...this.querySelectorAll<HTMLElement>('tr[data-key]')];
    const at = rows.indexOf(row);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
    else if (event.key.toLowerCase() === 'm' && this.changeable) this.mask(Number(row.dataset.key));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !this.view) return;
    const phase = PHASES[(PHASES.indexOf(this.view.state.phase) + step + PHASES.length) % PHASES.length];
    act(this, { type: 'setPhase', phase });
    this.querySelector<HTMLElement>(`#phase-${phase}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
}
