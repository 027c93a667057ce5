import * as vscode from 'vscode';
import { breathe } from '../../base/scheduling.ts';
import { ExplorerError } from '../../contract/error.ts';
import type { Drawn, DrawRequest } from '../../contract/picture-request.ts';
import type { RunSummary } from '../../contract/run.ts';
import { carryState, clampView, initialView, type RunShape, runShape } from '../../contract/state-bounds.ts';
import type { AtlasFacts } from '../../contract/tiles.ts';
import type { ExplorationView } from '../../contract/view.ts';
import type { Action, ViewState } from '../../contract/view-state.ts';
import { labelledView } from '../../insight/axes.ts';
import type { HostMessage, PanelState } from '../../messages/host-messages.ts';
import { reduce } from '../../session/reduce.ts';
import type { ExploreOptions } from '../../session/session.ts';
import type { EngineHost } from '../engine-host.ts';
import { errorState, isAbort, log, showError } from '../host/errors.ts';
import { runProgress } from '../host/progress.ts';
import { noticeTrust, type Settings } from '../host/settings.ts';
import { type AnchoredPair, followEdits, refreshPair, swapPair } from '../pairs/anchored-pair.ts';
import { readMedia } from '../pairs/media-file.ts';

interface Explored {
  readonly pair: AnchoredPair;
  readonly run: RunSummary;
  readonly shape: RunShape;
}

/** Rows and columns of long runs that are remembered: the cursor goes back and forth. */
const KEPT_LINES = 16;

/** Milliseconds that a phase stands while playing. */
const PLAY_STEP = 1200;

/**
 * One exploration: what was explored, its run, and the state it is looked at in. Commands, clicks and hovers act on
 * it; panel, decorations, hovers and status bar only show it. The newest run wins; one that fails or is cancelled
 * leaves the earlier one as it was.
 */
export class ExplorationController {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly painted = new vscode.EventEmitter<ExplorationView>();
  private readonly opened = new vscode.EventEmitter<void>();
  private readonly edits: vscode.Disposable;
  private exploration: Explored | undefined;
  private viewState: ViewState | undefined;
  private shown: ExplorationView | undefined;
  private attempt: { readonly pair: AnchoredPair; readonly options: ExploreOptions } | undefined;
  private running: AbortController | undefined;
  private progress: { readonly done: number; readonly stage: string } | undefined;
  private failure: PanelState['error'];
  private asking: Promise<void> | undefined;
  private asked: ViewState | undefined;
  /** Stops the view that is being computed. */
  private viewing: AbortController | undefined;
  private learnt: AtlasFacts | undefined;
  private readonly lines = new Map<string, Float32Array>();
  /** The run belongs to another exploration, which lets it go. */
  private shared = false;
  /** Times that a view was asked for of a run that the engine had forgotten. */
  private forgotten = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The panel's state, the pair or its marks are no longer what they were. */
  readonly onDidChange = this.changed.event;
  /** Another view is to be shown. */
  readonly onDidChangeView = this.painted.event;
  /** A pair has been run and can be looked at. */
  readonly onDidOpen = this.opened.event;

  constructor(
    private readonly engine: EngineHost,
    private readonly settings: () => Settings,
  ) {
    this.edits = vscode.workspace.onDidChangeTextDocument((event) => {
      const wasStale = this.stale;
      // It is heard at each key, and of most there is nothing to tell.
      if (this.exploration && followEdits(event, this.exploration.pair) && this.stale !== wasStale) this.changed.fire();
      if (this.attempt && this.attempt.pair !== this.exploration?.pair) followEdits(event, this.attempt.pair);
    });
  }

  get run(): RunSummary | undefined {
    return this.exploration?.run;
  }

  get pair(): AnchoredPair | undefined {
    return this.exploration?.pair;
  }

  /** The pair that was tried last, whether it could be explored or not. */
  get lastPair(): AnchoredPair | undefined {
    return this.attempt?.pair;
  }

  get state(): ViewState | undefined {
    return this.viewState;
  }

  get view(): ExplorationView | undefined {
    return this.shown;
  }

  get playing(): boolean {
    return this.timer !== undefined;
  }

  /** The text is no longer what was explored. */
  private get stale(): boolean {
    const { pair } = this;
    return Boolean(pair && (pair.source.anchor.stale || pair.target?.anchor.stale));
  }

  get panelState(): PanelState {
    return {
      status: this.running ? 'running' : this.failure ? 'failed' : this.exploration ? 'ready' : 'empty',
      progress: this.progress,
      error: this.failure,
      run: this.exploration?.run,
      stale: this.stale,
      playing: this.playing,
    };
  }

  /**
   * Runs the model on a pair and opens its exploration; an earlier run is cancelled.
   * @returns the run, or undefined when it failed, was cancelled, or a newer one took its place
   */
  async explore(pair: AnchoredPair, options: ExploreOptions = {}): Promise<RunSummary | undefined> {
    this.pause();
    this.running?.abort();
    const abort = new AbortController();
    this.running = abort;
    this.attempt = { pair, options };
    this.failure = undefined;
    this.progress = { done: 0, stage: 'read' };
    this.changed.fire();
    void noticeTrust();
    const report = runProgress(abort, (done, stage) => {
      if (this.running !== abort) return;
      this.progress = { done, stage };
      this.changed.fire();
    });
    try {
      // To show that something runs and to start it are a turn of the thread each.
      await breathe();
      const run = await this.ask(pair, options, report.report, abort.signal);
      if (this.running !== abort || abort.signal.aborted) {
        this.engine.running()?.drop(run.runId);
        return undefined;
      }
      this.open(pair, run, options.state);
      // It is told with the picture that nothing runs any more, not after it.
      this.running = undefined;
      this.progress = undefined;
      await this.refresh();
      this.tellOpen(run);
      return run;
    } catch (error) {
      if (this.running === abort && !isAbort(error)) {
        this.failure = errorState(error);
        void showError(error);
      } else if (isAbort(error)) log().info('An exploration was cancelled.');
      return undefined;
    } finally {
      report.end();
      if (this.running === abort) {
        this.running = undefined;
        this.progress = undefined;
      }
      if (!this.running) this.changed.fire();
    }
  }

  /** Looks at a run of another exploration, which keeps it. Once that has let it go, the pair is run again. */
  async share(pair: AnchoredPair, run: RunSummary, state: ViewState | undefined): Promise<void> {
    this.running?.abort();
    this.running = undefined;
    this.progress = undefined;
    this.failure = undefined;
    this.attempt = { pair, options: { direction: run.direction, sourceLanguage: run.sourceLanguage } };
    this.open(pair, run, state);
    this.shared = true;
    this.changed.fire();
    await this.refresh();
    this.tellOpen(run);
  }

  /** Explores a pair that could not be read from the editor: says why, and leaves the earlier exploration alone. */
  fail(error: unknown): void {
    this.failure = errorState(error);
    this.changed.fire();
    void showError(error);
  }

  cancel(): void {
    this.running?.abort();
  }

  /** Explores the last pair again, with its text as it is now. */
  async runAgain(options: ExploreOptions = {}): Promise<RunSummary | undefined> {
    const last = this.attempt;
    if (!last) return undefined;
    try {
      const pair = await refreshPair(last.pair);
      const state = last.pair === this.exploration?.pair ? this.viewState : undefined;
      return await this.explore(pair, { ...last.options, state, ...options });
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Explores the same texts the other way round. */
  async swap(): Promise<void> {
    if (this.exploration?.pair.source.media) {
      throw new ExplorerError(
        'input-kind',
        'A sound or a picture can only be a source. Select two texts to swap them.',
        {},
      );
    }
    if (this.exploration) await this.explore(swapPair(this.exploration.pair, this.exploration.run));
  }

  /** Changes what is looked at; a person's action ends the play. */
  async act(action: Action): Promise<void> {
    this.pause();
    await this.apply(action);
  }

  /** Steps through phases and tokens until the last, or until something else is done. */
  play(): void {
    if (this.playing || !this.viewState) return;
    const step = async () => {
      const before = this.viewState;
      await this.apply({ type: 'nextPhase' });
      if (!this.timer) return;
      if (this.viewState === before || JSON.stringify(this.viewState) === JSON.stringify(before)) return this.pause();
      this.timer = setTimeout(step, PLAY_STEP);
    };
    this.timer = setTimeout(step, PLAY_STEP);
    this.changed.fire();
  }

  pause(): void {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.changed.fire();
  }

  dispose(): void {
    this.pause();
    this.running?.abort();
    this.viewing?.abort();
    this.running = undefined;
    if (this.exploration && !this.shared) this.engine.running()?.drop(this.exploration.run.runId);
    this.exploration = undefined;
    vscode.Disposable.from(this.edits, this.changed, this.painted, this.opened).dispose();
  }

  private async ask(
    pair: AnchoredPair,
    options: ExploreOptions,
    report: (done: number, stage: string) => void,
    signal: AbortSignal,
  ): Promise<RunSummary> {
    const { folder, beams, tokenLimit } = this.settings();
    return this.engine.get().run(
      {
        folder,
        source: pair.source.anchor.text,
        media: pair.source.media && (await readMedia(pair.source.uri)),
        target: pair.target?.anchor.text,
        direction: options.direction,
        sourceLanguage: options.sourceLanguage,
        cut: options.cut,
        beams,
        tokenLimit,
      },
      report,
      signal,
    );
  }

  private open(pair: AnchoredPair, run: RunSummary, state: ViewState | undefined): void {
    const before = this.exploration?.run;
    const earlier = before?.runId;
    const shape = runShape(run);
    const { unit, special, kind } = this.settings();
    this.exploration = { pair, run, shape };
    this.viewState = clampView(
      state
        ? carryState(state, before, run)
        : { ...reduce(initialView(run), { type: 'setKind', kind }, shape), unit, special },
      shape,
    );
    this.shown = undefined;
    if (earlier && earlier !== run.runId && !this.shared) this.engine.running()?.drop(earlier);
    this.shared = false;
  }

  /** After its picture: what is kept and logged of a run can wait, the person does not. */
  private tellOpen(run: RunSummary): void {
    if (this.exploration?.run !== run) return;
    this.opened.fire();
    const { tokenize, encode, decode } = run.milliseconds;
    const size = `${run.sourceTokens.length} × ${run.targetTokens.length} tokens${run.generated ? ', target generated' : ''}`;
    const times = `tokenize ${tokenize.toFixed(0)}, encode ${encode.toFixed(0)}, decode ${decode.toFixed(0)} ms`;
    log().info(`Explored ${size} with ${run.model.name} (${times}).`);
  }

  private async apply(action: Action): Promise<void> {
    if (!this.exploration || !this.viewState) return;
    this.viewState = reduce(this.viewState, action, this.exploration.shape);
    await this.refresh();
  }

  /** Asks for the view of the state; of quick successive actions only the last is asked for, and earlier ones stop. */
  private refresh(): Promise<void> {
    this.asked = this.viewState;
    this.viewing?.abort();
    this.asking ??= this.catchUp().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async catchUp(): Promise<void> {
    while (this.asked && this.exploration) {
      const { run } = this.exploration;
      const state = this.asked;
      this.asked = undefined;
      try {
        this.viewing = new AbortController();
        const view = await this.engine.get().view(run.runId, state, this.viewing.signal);
        if (this.exploration?.run.runId !== run.runId) continue;
        if (this.asked) continue;
        this.shown = labelledView(view, run, this.learnt);
        this.forgotten = 0;
        this.painted.fire(this.shown);
      } catch (error) {
        if (this.exploration?.run.runId !== run.runId || isAbort(error)) continue;
        this.pause();
        if (!(await this.recover(error, state))) this.fail(error);
      }
    }
  }

  /** Weights of one row or column of what is shown, [cols] or [rows], where the view has no matrix. Those asked for last are kept. */
  async line(axis: 'row' | 'col', index: number, signal?: AbortSignal): Promise<Float32Array> {
    const { exploration, shown } = this;
    if (!exploration || !shown?.atlas) return new Float32Array(0);
    const key = `${axis} ${index} ${shown.atlas.id}`;
    const line =
      this.lines.get(key) ??
      (await this.engine.get().atlasLine({ runId: exploration.run.runId, state: shown.state, axis, index }, signal));
    this.lines.delete(key);
    this.lines.set(key, line);
    for (const oldest of this.lines.keys()) {
      if (this.lines.size <= KEPT_LINES) break;
      this.lines.delete(oldest);
    }
    return line;
  }

  /** Takes in what the atlas of a long run has found: entropy, peak and links come with the whole matrix. */
  learn(facts: AtlasFacts): void {
    this.learnt = facts;
    if (this.shown && this.exploration) this.shown = labelledView(this.shown, this.exploration.run, facts);
    this.changed.fire();
  }

  /**
   * The engine keeps a handful of runs: of many explorations, one looked at again may have to be run again. Once.
   * @returns whether the error says so, and it is being run
   */
  async recover(error: unknown, state = this.viewState): Promise<boolean> {
    if (!(error instanceof ExplorerError) || error.code !== 'run-gone' || this.forgotten++ > 0) return false;
    void this.runAgain({ state });
    return true;
  }
}

/** One exploration that is open: what is explored and how it is looked at, and the window that shows it. */
export interface Exploration {
  /** Its name for the machine; stays over a reload of the window. */
  readonly id: string;
  readonly controller: ExplorationController;
  readonly panel: PanelWindow;
}

/** What an exploration asks of its window; the panel itself stands a floor above. */
export interface PanelWindow {
  readonly visible: boolean;
  /** Editor group that it stands in; undefined while it is not open. */
  readonly column: vscode.ViewColumn | undefined;
  readonly onDidClose: vscode.Event<void>;
  /** It has become the editor that the person works in. */
  readonly onDidActivate: vscode.Event<void>;
  setTitle(title: string): void;
  /** @param column where it opens when it is not open yet */
  show(preserveFocus: boolean, column?: vscode.ViewColumn): void;
  /** As if the person had closed it. */
  close(): void;
  post(message: HostMessage): void;
  /** Has its page draw something. @throws ExplorerError 'export-picture' when the page is gone or does not answer */
  draw(request: DrawRequest): Promise<Drawn>;
  dispose(): void;
}
