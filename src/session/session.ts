import { Emitter } from '../base/emitter.ts';
import { LruMap } from '../base/lru-map.ts';
import { isAbort, yieldToEventLoop } from '../base/scheduling.ts';
import { ExplorerError } from '../contract/error.ts';
import type { Progress, RunRequest, RunSummary } from '../contract/run.ts';
import { carryState, clampView, initialView, type RunShape, runShape } from '../contract/state-bounds.ts';
import type { TiledSummary } from '../contract/tiles.ts';
import type { ComputedView, ExplorationView } from '../contract/view.ts';
import type { Action, ViewState } from '../contract/view-state.ts';
import type { Engine } from '../engine/engine.ts';
import { labelledView } from '../insight/axes.ts';
import { Play } from './play.ts';
import { reduce } from './reduce.ts';
import { ViewScheduler } from './view-scheduler.ts';

export interface ExploreOptions {
  readonly direction?: string;
  readonly sourceLanguage?: string;
  readonly cut?: boolean;
  /** State to open in, where another exploration of the same pair left it. */
  readonly state?: ViewState;
}

/** How the first exploration of a run is looked at, where nothing else says so. */
export type StartState = Pick<ViewState, 'kind' | 'unit' | 'special'>;

/** What a session needs of an engine. */
export type SessionEngine = Pick<Engine, 'run' | 'view' | 'tiledLine' | 'drop'>;

/** Rows and columns of long runs that are cached: the cursor goes back and forth. */
const CACHED_LINES = 16;

/**
 * One exploration: the pair, its run, and the state that it is looked at in. Commands and clicks act on it; whoever shows
 * it listens. The newest run wins; one that fails or is cancelled leaves the earlier one as it was. Of quick successive
 * actions only the last is computed.
 *
 * `Pair` is whatever the owner explores: texts in documents, or nothing but the texts themselves.
 */
export class Session<Pair> {
  private readonly changed = new Emitter<void>();
  private readonly viewed = new Emitter<ExplorationView>();
  private readonly opened = new Emitter<RunSummary>();
  private readonly failed = new Emitter<unknown>();
  private readonly lost = new Emitter<ViewState | undefined>();
  private explored: { readonly pair: Pair; readonly run: RunSummary; readonly shape: RunShape } | undefined;
  private attempted: { readonly pair: Pair; readonly options: ExploreOptions } | undefined;
  private viewState: ViewState | undefined;
  private currentView: ExplorationView | undefined;
  private running: AbortController | undefined;
  private done: { readonly done: number; readonly stage: string } | undefined;
  private error: unknown;
  private readonly views: ViewScheduler;
  private readonly player = new Play(
    () => this.playStep(),
    () => this.changed.fire(),
  );
  private facts: TiledSummary | undefined;
  private readonly lines = new LruMap<string, Float32Array>(CACHED_LINES);
  /** The run belongs to another session, which lets it go. */
  private shared = false;
  /** Views that were asked for of a run that the engine had forgotten, since the last one that came. */
  private lostViews = 0;

  /** Run, progress, failure, play or facts are no longer what they were. */
  readonly onDidChange = this.changed.event;
  /** Another view is to be shown. */
  readonly onDidChangeView = this.viewed.event;
  /** A run can be looked at; told after its first view. */
  readonly onDidOpen = this.opened.event;
  /** A run or a view failed; the reason is in `failure`, too. */
  readonly onDidFail = this.failed.event;
  /** The engine has forgotten the run: it is to be run again, in this state. Told once, then it counts as a failure. */
  readonly onDidLose = this.lost.event;

  constructor(
    private readonly engine: SessionEngine,
    private readonly start: () => StartState,
  ) {
    this.views = new ViewScheduler(engine, {
      isOpen: (runId) => this.run?.runId === runId,
      show: (view) => this.show(view),
      fail: (error, state) => {
        this.pause();
        if (!this.recover(error, state)) this.fail(error);
      },
    });
  }

  get pair(): Pair | undefined {
    return this.explored?.pair;
  }

  get run(): RunSummary | undefined {
    return this.explored?.run;
  }

  get state(): ViewState | undefined {
    return this.viewState;
  }

  get view(): ExplorationView | undefined {
    return this.currentView;
  }

  /** What was tried last, whether it could be explored or not. */
  get attempt(): { readonly pair: Pair; readonly options: ExploreOptions } | undefined {
    return this.attempted;
  }

  get progress(): { readonly done: number; readonly stage: string } | undefined {
    return this.done;
  }

  /** Why the last run or view failed. */
  get failure(): unknown {
    return this.error;
  }

  get playing(): boolean {
    return this.player.running;
  }

  get status(): 'running' | 'failed' | 'ready' | 'empty' {
    if (this.running) return 'running';
    return this.error !== undefined ? 'failed' : this.explored ? 'ready' : 'empty';
  }

  /**
   * Runs the model on a pair and opens it; an earlier run is cancelled.
   * @param request reads what is to be run; may fail    @param abort ends the run
   * @returns the run, or undefined when it failed, was cancelled, or a newer one took its place
   */
  async explore(
    pair: Pair,
    options: ExploreOptions,
    request: () => Promise<RunRequest>,
    abort = new AbortController(),
    report?: Progress,
  ): Promise<RunSummary | undefined> {
    this.pause();
    this.running?.abort();
    this.running = abort;
    this.attempted = { pair, options };
    this.error = undefined;
    this.done = { done: 0, stage: 'read' };
    this.changed.fire();
    try {
      // To show that something runs and to start it are a turn of the thread each.
      await yieldToEventLoop();
      const progress: Progress = (done, stage) => {
        report?.(done, stage);
        if (this.running !== abort) return;
        this.done = { done, stage };
        this.changed.fire();
      };
      const run = await this.engine.run(await request(), { progress, signal: abort.signal });
      if (this.running !== abort || abort.signal.aborted) {
        this.engine.drop(run.runId);
        return undefined;
      }
      this.open(pair, run, options.state);
      // It is told with the view that nothing runs any more, not after it.
      this.running = undefined;
      this.done = undefined;
      await this.refresh();
      this.tellOpen(run);
      return run;
    } catch (error) {
      if (this.running === abort && !isAbort(error)) this.setFailure(error);
      return undefined;
    } finally {
      if (this.running === abort) {
        this.running = undefined;
        this.done = undefined;
      }
      if (!this.running) this.changed.fire();
    }
  }

  /** Looks at a run of another session, which keeps it. Once that has let it go, it is lost. */
  async share(pair: Pair, run: RunSummary, state: ViewState | undefined): Promise<void> {
    this.running?.abort();
    this.running = undefined;
    this.done = undefined;
    this.error = undefined;
    this.attempted = { pair, options: { direction: run.direction, sourceLanguage: run.sourceLanguage } };
    this.open(pair, run, state);
    this.shared = true;
    this.changed.fire();
    await this.refresh();
    this.tellOpen(run);
  }

  /** Something that belongs to the exploration went wrong: it is said, and the earlier run stays. */
  fail(error: unknown): void {
    this.setFailure(error);
    this.changed.fire();
  }

  cancel(): void {
    this.running?.abort();
  }

  /** Changes what is looked at; a person's action ends the play. */
  async act(action: Action): Promise<void> {
    this.pause();
    await this.apply(action);
  }

  /** Steps through phases and tokens until the last, or until something else is done. */
  play(): void {
    if (this.viewState) this.player.start();
  }

  pause(): void {
    this.player.stop();
  }

  /**
   * Weights of one row or column of what is shown, [cols] or [rows], where the view has no matrix. The last ones are cached.
   * @throws AbortError    @throws ExplorerError
   */
  async line(axis: 'row' | 'col', index: number, signal?: AbortSignal): Promise<Float32Array> {
    const { run, view } = this;
    if (!run || view?.map.kind !== 'tiled') return new Float32Array(0);
    const key = `${axis} ${index} ${view.map.info.id}`;
    const cached = this.lines.get(key);
    if (cached) return cached;
    const line = await this.engine.tiledLine({ runId: run.runId, state: view.state, axis, index }, { signal });
    this.lines.set(key, line);
    return line;
  }

  /** Takes in what was found out of the whole matrix of a long run: entropy, peak and links. */
  setFacts(facts: TiledSummary): void {
    this.facts = facts;
    if (this.currentView && this.run) this.currentView = labelledView(this.currentView, this.run, facts);
    this.changed.fire();
  }

  /**
   * The engine keeps a handful of runs: of many explorations, one looked at again may have to be run again. Once.
   * @returns whether the error says so, and it has been told
   */
  recover(error: unknown, state = this.viewState): boolean {
    if (!(error instanceof ExplorerError) || error.code !== 'run-gone' || this.lostViews++ > 0) return false;
    this.lost.fire(state);
    return true;
  }

  dispose(): void {
    this.pause();
    this.running?.abort();
    this.views.cancel();
    this.running = undefined;
    if (this.explored && !this.shared) this.engine.drop(this.explored.run.runId);
    this.explored = undefined;
    for (const emitter of [this.changed, this.viewed, this.opened, this.failed, this.lost]) emitter.dispose();
  }

  private setFailure(error: unknown): void {
    this.error = error;
    this.failed.fire(error);
  }

  private open(pair: Pair, run: RunSummary, state: ViewState | undefined): void {
    const before = this.explored?.run;
    const shape = runShape(run);
    const { unit, special, kind } = this.start();
    this.explored = { pair, run, shape };
    this.viewState = clampView(
      state
        ? carryState(state, before, run)
        : { ...reduce(initialView(run), { type: 'setKind', kind }, shape), unit, special },
      shape,
    );
    this.currentView = undefined;
    if (before && before.runId !== run.runId && !this.shared) this.engine.drop(before.runId);
    this.shared = false;
  }

  private tellOpen(run: RunSummary): void {
    if (this.run === run) this.opened.fire(run);
  }

  private async apply(action: Action): Promise<void> {
    if (!this.explored || !this.viewState) return;
    this.viewState = reduce(this.viewState, action, this.explored.shape);
    await this.refresh();
  }

  /** @returns whether there was a next phase or token to go to */
  private async playStep(): Promise<boolean> {
    const before = JSON.stringify(this.viewState);
    await this.apply({ type: 'nextPhase' });
    return JSON.stringify(this.viewState) !== before;
  }

  private async refresh(): Promise<void> {
    if (this.explored && this.viewState) await this.views.request(this.explored.run.runId, this.viewState);
  }

  private show(view: ComputedView): void {
    if (!this.run) return;
    this.currentView = labelledView(view, this.run, this.facts);
    this.lostViews = 0;
    this.viewed.fire(this.currentView);
  }
}
