import { html, noChange, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { PHASES } from '../../src/contract/choices.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import { phasesOf } from '../../src/contract/state-bounds.ts';
import type { ExplorationView, StepView } from '../../src/contract/view.ts';
import type { Phase } from '../../src/contract/view-state.ts';
import { act, command, hover } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { PaintedElement } from '../base/painted-element.ts';
import { icon } from '../controls/icon.ts';
import { toggleMask } from '../what-if/what-if-edits.ts';
import { combinePhase, combineSentence } from './combine-phase.ts';
import { matchPhase, matchSentence } from './match-phase.ts';
import { formula, wordPieces } from './phase-heading.ts';
import { byWeight, type PhaseContext, visibleKeys } from './phase-table.ts';
import { queryPhase, querySentence } from './query-phase.ts';
import { drawStrips, layoutStrips } from './vector-strips.ts';

const SENTENCES = { query: querySentence, match: matchSentence, combine: combineSentence };
const BODIES = { query: queryPhase, match: matchPhase, combine: combinePhase };

/** The three phases of one query of one head, in words and numbers. */
@customElement('ax-stepper')
export class Stepper extends PaintedElement {
  @property({ attribute: false }) view: ExplorationView | undefined;
  @property({ attribute: false }) run: RunSummary | undefined;
  @property({ type: Boolean }) playing = false;
  /** Whether tokens can be masked from here. */
  @state() private all = false;
  /** Row of the keyboard; undefined at first: the strongest key. */
  @state() private stop: number | undefined;
  @state() private width = 640;
  /** The run of which a phase has its rows in the page. */
  private readonly drawn = new Map<Phase, string>();
  /** What the rows of a phase were laid out for when it was last looked where their strips stand. */
  private readonly placed = new Map<Phase, string>();
  /** The frame that was asked for to look. */
  private asked = 0;

  protected override resized(): void {
    this.width = this.clientWidth;
  }

  /**
   * Strips are drawn where they stood for another head or phase: what were drawn after the page has been laid out would
   * have it laid out once more. Only in rows that may be others they are looked for, with the frame.
   */
  protected override updated(): void {
    const { panel, phase, laid } = this.shownPanel();
    if (!panel) return;
    const drawn = drawStrips(panel);
    if (drawn && this.placed.get(phase) === laid) return;
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      const shown = this.shownPanel();
      if (!shown.panel) return;
      if (layoutStrips(shown.panel)) drawStrips(shown.panel);
      this.placed.set(shown.phase, shown.laid);
    });
  }

  /** The phase in sight, and all that the places of its rows follow from. */
  private shownPanel() {
    const { view, width, themeCount } = this;
    const phase = view?.state.phase ?? 'query';
    const panel = this.querySelector('#phase-body');
    const tokens = [...(panel?.querySelectorAll('td bdi') ?? [])].map((token) => token.textContent);
    return { panel, phase, laid: [width, themeCount, view?.whatIf === undefined, ...tokens].join('\n') };
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
      ${PHASES.map((phase) => this.panel(view, phase))}`;
  }

  /**
   * A phase has a place of its own. What it drew stays there while another one is looked at, out of sight and out of
   * hearing: to build the same rows anew takes longer than everything else that such a step takes.
   */
  private panel(view: ExplorationView, phase: Phase) {
    const now = phase === view.state.phase;
    const context = now && view.step ? this.context(view, view.step) : undefined;
    const stays = this.drawn.get(phase) === view.runId;
    if (context) this.drawn.set(phase, view.runId);
    else if (now) this.drawn.delete(phase);
    return html`<div class=${now ? 'phase' : 'phase left'} role=${now ? 'tabpanel' : nothing} id=${now ? 'phase-body' : nothing} aria-labelledby=${now ? `phase-${phase}` : nothing}
      @keydown=${this.onRowKey} @focusin=${this.onRow} @focusout=${this.onNoRow} @pointerover=${this.onRow} @pointerleave=${this.onNoRow}>${
        context ? this.words(view, context) : now ? this.askForHead(view) : nothing
      }${context ? BODIES[phase](context) : now || !stays ? nothing : noChange}</div>`;
  }

  /** The phases that the run has numbers for. */
  private get phases(): readonly Phase[] {
    return this.run ? phasesOf(this.run.offers) : PHASES;
  }

  private bar(view: ExplorationView) {
    const { phases } = this;
    const at = phases.indexOf(view.state.phase);
    const names: Record<Phase, string> = { query: t('Query'), match: t('Match'), combine: t('Combine') };
    return html`<div class="steps">
      <h2 class="sr">${t('Step by step')}</h2>
      <div class="tabs" role="tablist" aria-label=${t('Phase')} @keydown=${this.onKey}>${phases.map(
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

  private context(view: ExplorationView, step: StepView): PhaseContext {
    const { kind } = view.state;
    const keys = visibleKeys(step.weights, this.all);
    const last = byWeight(step.weights)[0];
    return {
      step,
      kind,
      keys,
      hidden: (step.keyCount ?? step.weights.length) - keys.length,
      rest: step.weights.length - keys.length,
      before: view.whatIf && Float32Array.from(step.keyTokens, ({ from }) => view.whatIf!.before.weights[from]!),
      forced: view.state.whatIf?.force?.query === step.query,
      stop: this.stop !== undefined && keys.includes(this.stop) ? this.stop : last,
      masked: new Set(step.keyTokens.flatMap(({ from }, key) => (view.state.whatIf?.mask.includes(from) ? [key] : []))),
      mask: this.run?.offers.whatIf ? (key) => this.mask(key) : undefined,
      width: this.width,
      showAll: () => (this.all = true),
    };
  }

  /** What stands above the numbers: formula, pieces of the word, the phase as a sentence. */
  private words(view: ExplorationView, context: PhaseContext) {
    const { phase } = view.state;
    const pieces = this.run ? wordPieces(view, this.run, (query) => act(this, { type: 'setQuery', query })) : nothing;
    return html`${formula(context.step, phase)}${pieces}<p class="say">${SENTENCES[phase](context)}</p>`;
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

  /** A key under the pointer or the keyboard is marked in the picture as well. */
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
    const rows = [...this.querySelectorAll<HTMLElement>('#phase-body tr[data-key]')];
    const at = rows.indexOf(row);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
    else if (event.key.toLowerCase() === 'm' && this.run?.offers.whatIf) this.mask(Number(row.dataset.key));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !this.view) return;
    const { phases } = this;
    const phase = phases[(phases.indexOf(this.view.state.phase) + step + phases.length) % phases.length]!;
    act(this, { type: 'setPhase', phase });
    this.querySelector<HTMLElement>(`#phase-${phase}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
}
