import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { PanelCommand } from '../../src/contract/choices.ts';
import type { ModelDetails } from '../../src/contract/model-info.ts';
import type { Measurement, RunSummary } from '../../src/contract/run.ts';
import type { TiledSummary } from '../../src/contract/tiles.ts';
import type { ComputedView, ExplorationView } from '../../src/contract/view.ts';
import type { Action } from '../../src/contract/view-state.ts';
import { isTiled, isWhole, labelledView, tiledId } from '../../src/insight/axes.ts';
import type { HostMessage, PanelState } from '../../src/messages/host-messages.ts';
import { type Cell, keyAction, NO_CELL } from '../base/events.ts';
import type { Host } from '../base/host-connection.ts';
import { setLanguage, t } from '../base/l10n.ts';
import { theme } from '../color/theme.ts';
import { draw } from '../export/drawing.ts';
import type { Heatmap } from '../heatmap/heatmap.ts';
import type { Highlight } from '../heatmap/highlight.ts';
import { readableThreshold } from '../lines/line-list.ts';
import type { ModelPage } from '../model/model-page.ts';
import type { LongPair } from '../pair/long-pair.ts';
import type { PairChips } from '../pair/pair-chips.ts';
import type { TiledHeatmap } from '../tiles/tiled-heatmap.ts';
import { announcement } from './announcement.ts';
import type { ChosenLanguages } from './language-picks.ts';
import { banner, blank } from './notices.ts';
import { pictureSection } from './picture-section.ts';
import { toolbar } from './toolbar.ts';

const START: PanelState = { status: 'empty', stale: false, playing: false };

/** The run apart, which counts from its first view on. */
function isTold({ run: _, ...now }: PanelState, before: PanelState | undefined): boolean {
  return JSON.stringify(now) !== JSON.stringify({ ...before, run: undefined });
}

/** The whole window. It holds nothing of its own but the zoom: what the host says is what it shows. */
@customElement('ax-panel')
export class Panel extends LitElement {
  @state({ hasChanged: isTold }) private panel: PanelState = START;
  /** The run that `view` is of: an earlier one than the panel's until the first view of that has come. */
  @state() private run: RunSummary | undefined;
  @state() private view: ExplorationView | undefined;
  /** A view whose run has not come yet. */
  private pending: ComputedView | undefined;
  @state() private lit: Highlight | undefined;
  @state() private hovered = NO_CELL;
  @state() private points: readonly Measurement[] = [];
  @state() private measuring = false;
  @state() private zoom: number | 'fit' = 1;
  /** Of the lines; undefined: what leaves a picture that can be read. */
  @state() private threshold: number | undefined;
  @state() private details: ModelDetails | undefined;
  /** What the whole matrix of a long run says, and why it could not be computed. */
  private facts: TiledSummary | undefined;
  @state() private atlasFailure = '';
  @state() private spoken = '';
  /** Nothing is drawn before the host has said in which language. */
  @state() private ready = false;
  @query('ax-pair') private readonly pair: PairChips | null | undefined;
  @query('ax-long-pair') private readonly longPair: LongPair | null | undefined;
  @query('ax-heatmap') private readonly heatmap: Heatmap | null | undefined;
  @query('ax-atlas') private readonly atlas: TiledHeatmap | null | undefined;
  private hoverFrame = 0;
  /** When the view came. */
  private viewTime = 0;
  /** What the window finds the exploration by after it was reloaded. */
  private explorationId = '';

  constructor(private readonly host: Host) {
    super();
    const kept = host.recall();
    if (typeof kept === 'object' && kept !== null && 'zoom' in kept) {
      const { zoom } = kept;
      if (zoom === 'fit' || (typeof zoom === 'number' && zoom > 0)) this.zoom = zoom;
    }
    if (typeof kept === 'object' && kept !== null && 'threshold' in kept && typeof kept.threshold === 'number')
      this.threshold = Math.min(1, Math.max(0, kept.threshold));
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('ax-action', ({ detail }) => this.host.post({ type: 'act', action: detail }));
    this.addEventListener('ax-command', ({ detail }) => this.command(detail));
    this.addEventListener('ax-hover', ({ detail }) => this.onHover(detail));
    this.addEventListener('ax-leave', () => (this.pair ?? this.longPair)?.focusQuery());
    this.addEventListener('ax-tiles', ({ detail }) => this.host.post({ type: 'tiles', ...detail }));
    this.addEventListener('ax-zoom', ({ detail }) => {
      this.zoom = detail;
      this.remember();
    });
    this.addEventListener('ax-threshold', ({ detail }) => {
      this.threshold = detail;
      this.remember();
    });
    document.addEventListener('keydown', this.onKey);
    this.host.listen((message) => this.receive(message));
    this.host.post({ type: 'ready' });
  }

  override render() {
    if (!this.ready) return nothing;
    const { panel, view, run } = this;
    const command = (name: PanelCommand) => this.command(name);
    if (!run || !view || (panel.status === 'failed' && panel.run?.runId !== run.runId)) {
      return html`<main class="panel">${blank(panel, command)}</main>`;
    }
    const act = (action: Action) => this.host.post({ type: 'act', action });
    const setLanguages = (languages: ChosenLanguages) => this.host.post({ type: 'setLanguages', ...languages });
    return html`<main class="panel">
      <h1 class="sr">${t('Attention')}</h1>
      ${toolbar({ run, view, act, command, setLanguages, exportAs: (target) => this.host.post({ type: 'export', target }) })}
      ${banner(panel, command)}
      ${isTiled(view) ? html`<ax-long-pair .view=${view}></ax-long-pair>` : html`<ax-pair .view=${view} .run=${run} .lit=${this.lit} .hovered=${this.hovered}></ax-pair>`}
      ${run.media ? html`<section class="sec" aria-label=${t('The source')}><ax-media .run=${run} .view=${view} .pointed=${this.hovered}></ax-media></section>` : nothing}
      <div class="work">
        <div class="left">
          <section class="sec" id="overview" tabindex="-1" aria-label=${t('Overview')}><div class="in"><ax-overview .view=${view}></ax-overview></div></section>
          <section class="sec" id="heatmap" tabindex="-1" aria-label=${t('Heatmap')}><div class="in">
            ${pictureSection(view, run, act, this.picture(view, run.offers.whatIf))}</div></section>
        </div>
        <div class="right">
          ${view.whatIf ? html`<section class="sec" id="what-if" tabindex="-1" aria-label=${t('What if')}><div class="in"><ax-what-if .view=${view} .run=${run}></ax-what-if></div></section>` : nothing}
          <section class="sec" id="stepper" tabindex="-1" aria-label=${t('Step by step')}><div class="in">
            <ax-stepper .view=${view} .run=${run} .playing=${panel.playing}></ax-stepper></div></section>
        </div>
      </div>
      <section class="sec" id="complexity" tabindex="-1" aria-label=${t('Complexity')}><div class="in">
        <ax-complexity .run=${run} .view=${view} .points=${this.points} .measuring=${this.measuring}></ax-complexity></div></section>
      <section class="sec" id="model" tabindex="-1" aria-label=${t('Model')}><div class="in"><ax-model .run=${run} .details=${this.details}></ax-model></div></section>
      <div class="sr" role="status" aria-live="polite">${this.spoken}</div>
      <ax-term-tip .about=${() => ({ view, run })}></ax-term-tip>
    </main>`;
  }

  /** @param changeable something can be tried out with its cells */
  private picture(view: ExplorationView, changeable: boolean) {
    if (isTiled(view))
      return html`<ax-atlas .view=${view} .facts=${this.facts} .lit=${this.lit} .pointed=${this.hovered} .changeable=${changeable}></ax-atlas>
        ${this.atlasFailure ? html`<p class="cap note" role="alert">${this.atlasFailure}</p>` : nothing}`;
    return view.state.picture === 'lines'
      ? html`<ax-lines .view=${view} .lit=${this.lit} .threshold=${this.threshold} .pointed=${this.hovered} .changeable=${changeable}></ax-lines>`
      : html`<ax-heatmap .view=${view} .lit=${this.lit} .zoom=${this.zoom} .pointed=${this.hovered} .changeable=${changeable}></ax-heatmap>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('view') && this.view) void this.reportPainted(this.view);
  }

  private receive(message: HostMessage): void {
    switch (message.type) {
      case 'init':
        setLanguage(message.language, message.strings);
        theme.setMap(message.colorMap);
        this.explorationId = message.id;
        this.remember();
        this.ready = true;
        break;
      case 'state':
        this.panel = message.state;
        this.show();
        break;
      case 'view':
        this.pending = message.view;
        this.viewTime = performance.now();
        this.show();
        break;
      case 'tile':
        this.atlas?.take(message.tile);
        break;
      case 'tilesSummary':
        this.facts = message.facts;
        if (this.view && this.run && isTiled(this.view)) this.view = labelledView(this.view, this.run, this.facts);
        break;
      case 'tilesFailed':
        if (tiledId(this.view) === message.id) this.atlasFailure = message.message;
        break;
      case 'highlight':
        this.lit = message.pieces.length ? { side: message.side, pieces: message.pieces } : undefined;
        break;
      case 'model':
        this.details = message.details;
        break;
      case 'measured':
        this.points = message.points;
        this.measuring = !message.done;
        break;
      case 'draw': {
        const { id, ...request } = message;
        void draw(request, this.seen).then((result) => this.host.post({ type: 'drawn', id, result }));
        break;
      }
      case 'reveal':
        void this.updateComplete.then(() => this.reveal(message.section));
    }
  }

  /**
   * Shows the view that has come, with labels of its run's tokens. A picture stays until there is one of the next run:
   * building the whole window anew takes longer than changing it.
   */
  private show(): void {
    const { run } = this.panel;
    if (run && run.runId === this.view?.runId) this.run = run;
    if (!run || run.runId !== this.pending?.runId) return;
    const view = labelledView(this.pending, run, this.facts);
    this.pending = undefined;
    // An empty text leaves what a screen reader is saying alone.
    this.spoken = announcement(view, this.view) || this.spoken;
    if (view.rows.length !== this.view?.rows.length || view.cols.length !== this.view?.cols.length)
      this.hovered = NO_CELL;
    if (view.runId !== this.view?.runId) this.lit = undefined;
    this.atlasFailure = '';
    this.view = view;
    this.run = run;
  }

  /** What is shown; undefined while the picture of a run is still to come. */
  private get seen() {
    const { run } = this;
    return run && this.view?.runId === run.runId
      ? {
          run,
          view: this.view,
          threshold: isWhole(this.view) ? (this.threshold ?? readableThreshold(this.view)) : 0,
          atlas: this.atlas ?? undefined,
        }
      : undefined;
  }

  private command(command: PanelCommand): void {
    if (command === 'measure') {
      this.points = [];
      this.measuring = true;
    }
    if (command === 'cancelMeasure') this.measuring = false;
    this.host.post({ type: 'command', command });
  }

  private reveal(id: string): void {
    const section = this.querySelector<HTMLElement>(`#${id}`);
    section?.scrollIntoView({ block: 'nearest' });
    if (id === 'model') this.querySelector<ModelPage>('ax-model')?.show();
    const picture = this.heatmap ?? this.atlas;
    if (id === 'heatmap' && picture) picture.focusCell();
    else section?.focus({ preventScroll: true });
  }

  /** Two frames: the first one draws, the second one says that it has been shown. */
  private async reportPainted(view: ExplorationView): Promise<void> {
    const { viewTime } = this;
    await this.heatmap?.updateComplete;
    const rendered = performance.now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        const since = (time: number) => performance.timeOrigin + time;
        const at = { received: since(viewTime), rendered: since(rendered), painted: since(performance.now()) };
        this.host.post({ type: 'painted', runId: view.runId, at });
      };
      channel.port2.postMessage(0);
    });
  }

  private onHover(cell: Cell): void {
    this.hovered = cell;
    if (this.hoverFrame) return;
    this.hoverFrame = requestAnimationFrame(() => {
      this.hoverFrame = 0;
      const { row, col } = this.hovered;
      this.host.post({ type: 'hover', row: this.view?.rows[row]?.from ?? -1, col: this.view?.cols[col]?.from ?? -1 });
    });
  }

  private remember(): void {
    this.host.remember({ zoom: this.zoom, threshold: this.threshold, id: this.explorationId });
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const from = event.composedPath()[0] as HTMLElement;
    if (event.defaultPrevented || from.matches?.('select, input, textarea, [role=menuitem]')) return;
    if (!this.view) return;
    if (event.key === 'Escape') (this.pair ?? this.longPair)?.focusQuery();
    else if (event.key.toLowerCase() === 'r' && !event.ctrlKey && !event.metaKey && !event.altKey)
      this.command('runAgain');
    else {
      const action = keyAction(event);
      if (!action) return;
      event.preventDefault();
      this.host.post({ type: 'act', action });
    }
  };
}
