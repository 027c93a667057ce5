import * as vscode from 'vscode';
import { ExplorerError } from '../../contract/error.ts';
import type { Drawn, DrawRequest } from '../../contract/picture-request.ts';
import type { RunRequest, RunSummary } from '../../contract/run.ts';
import type { TiledSummary } from '../../contract/tiles.ts';
import type { ExplorationView } from '../../contract/view.ts';
import type { Action, ViewState } from '../../contract/view-state.ts';
import type { Engine } from '../../engine/engine.ts';
import { type Line, lineOf, type Side, tokenAt } from '../../insight/attended-words.ts';
import type { HostMessage, PanelState } from '../../messages/host-messages.ts';
import { type ExploreOptions, Session } from '../../session/session.ts';
import { errorState, log, showError } from '../host/errors.ts';
import { runProgress } from '../host/progress.ts';
import { noticeTrust, type Settings } from '../host/settings.ts';
import { type AnchoredPair, followEdits, refreshPair, swapPair } from '../pairs/anchored-pair.ts';
import { readMedia } from '../pairs/media-file.ts';

/**
 * One exploration in VS Code: a session, and what surrounds it here. Its texts follow the edits of their documents, a long
 * run shows its progress, and failures are shown. Commands, clicks and hovers act on it; panel, decorations, hovers and
 * status bar only show it.
 */
export class ExplorationController {
  private readonly session: Session<AnchoredPair>;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly edits: vscode.Disposable;

  /** The panel's state, the pair or its marks are no longer what they were. */
  readonly onDidChange = this.changed.event;
  /** Another view is to be shown. */
  readonly onDidChangeView: Session<AnchoredPair>['onDidChangeView'];
  /** A pair has been run and can be looked at. */
  readonly onDidOpen: Session<AnchoredPair>['onDidOpen'];

  constructor(
    engine: Engine,
    private readonly settings: () => Settings,
  ) {
    this.session = new Session(engine, settings);
    this.onDidChangeView = this.session.onDidChangeView;
    this.onDidOpen = this.session.onDidOpen;
    this.session.onDidChange(() => this.changed.fire());
    this.session.onDidOpen(logRun);
    this.session.onDidFail((error) => void showError(error));
    this.session.onDidLose((state) => void this.runAgain({ state }));
    this.edits = vscode.workspace.onDidChangeTextDocument((event) => {
      const wasStale = this.stale;
      const { pair, lastPair } = this;
      // It is heard at each key, and of most there is nothing to tell.
      if (pair && followEdits(event, pair) && this.stale !== wasStale) this.changed.fire();
      if (lastPair && lastPair !== pair) followEdits(event, lastPair);
    });
  }

  get run(): RunSummary | undefined {
    return this.session.run;
  }

  get pair(): AnchoredPair | undefined {
    return this.session.pair;
  }

  /** The pair that was tried last, whether it could be explored or not. */
  get lastPair(): AnchoredPair | undefined {
    return this.session.attempt?.pair;
  }

  get state(): ViewState | undefined {
    return this.session.state;
  }

  get view(): ExplorationView | undefined {
    return this.session.view;
  }

  get playing(): boolean {
    return this.session.playing;
  }

  /** The text is no longer what was explored. */
  private get stale(): boolean {
    const { pair } = this;
    return Boolean(pair && (pair.source.anchor.stale || pair.target?.anchor.stale));
  }

  get panelState(): PanelState {
    const { status, progress, failure, run, playing } = this.session;
    return {
      status,
      progress,
      error: failure === undefined ? undefined : errorState(failure),
      run,
      stale: this.stale,
      playing,
    };
  }

  /**
   * Runs the model on a pair and opens its exploration; an earlier run is cancelled.
   * @returns the run, or undefined when it failed, was cancelled, or a newer one took its place
   */
  async explore(pair: AnchoredPair, options: ExploreOptions = {}): Promise<RunSummary | undefined> {
    void noticeTrust();
    const abort = new AbortController();
    const progress = runProgress(abort);
    try {
      return await this.session.explore(pair, options, () => this.requestOf(pair, options), abort, progress.report);
    } finally {
      progress.end();
      if (abort.signal.aborted) log().info('An exploration was cancelled.');
    }
  }

  /** Looks at a run of another exploration, which keeps it. Once that has let it go, the pair is run again. */
  share(pair: AnchoredPair, run: RunSummary, state: ViewState | undefined): Promise<void> {
    return this.session.share(pair, run, state);
  }

  /** Explores a pair that could not be read from the editor: says why, and leaves the earlier exploration alone. */
  fail(error: unknown): void {
    this.session.fail(error);
  }

  cancel(): void {
    this.session.cancel();
  }

  /** Explores the last pair again, with its text as it is now. */
  async runAgain(options: ExploreOptions = {}): Promise<RunSummary | undefined> {
    const last = this.session.attempt;
    if (!last) return undefined;
    try {
      const pair = await refreshPair(last.pair);
      const state = last.pair === this.pair ? this.state : undefined;
      return await this.explore(pair, { ...last.options, state, ...options });
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Explores the same texts the other way round. */
  async swap(): Promise<void> {
    const { pair, run } = this;
    if (!pair || !run) return;
    if (pair.source.media) {
      throw new ExplorerError(
        'input-kind',
        'A sound or a picture can only be a source. Select two texts to swap them.',
      );
    }
    await this.explore(swapPair(pair, run));
  }

  /** Changes what is looked at; a person's action ends the play. */
  act(action: Action): Promise<void> {
    return this.session.act(action);
  }

  /** Steps through phases and tokens until the last, or until something else is done. */
  play(): void {
    this.session.play();
  }

  pause(): void {
    this.session.pause();
  }

  /**
   * The weights that a word of a long run has as a row and as a column, computed where they are not at hand.
   * @throws AbortError    @throws ExplorerError
   */
  async linesOf(
    view: ExplorationView,
    { side, offset }: { readonly side: Side; readonly offset: number },
    signal?: AbortSignal,
  ): Promise<Line> {
    const { row, col } = tokenAt(view, side, offset);
    const inRow = row < 0 ? undefined : (lineOf(view, 'row', row) ?? (await this.session.line('row', row, signal)));
    const inColumn = col < 0 ? undefined : await this.session.line('col', col, signal);
    return (axis) => (axis === 'row' ? inRow : inColumn);
  }

  /** Takes in what was found out of the whole matrix of a long run. */
  setFacts(facts: TiledSummary): void {
    this.session.setFacts(facts);
  }

  /** @returns whether the error says that the run is forgotten, and it is being run again */
  recover(error: unknown): boolean {
    return this.session.recover(error);
  }

  dispose(): void {
    this.session.dispose();
    vscode.Disposable.from(this.edits, this.changed).dispose();
  }

  private async requestOf(pair: AnchoredPair, options: ExploreOptions): Promise<RunRequest> {
    const { folder, beams, tokenLimit } = this.settings();
    return {
      folder,
      source: pair.source.anchor.text,
      media: pair.source.media && (await readMedia(pair.source.uri)),
      target: pair.target?.anchor.text,
      direction: options.direction,
      sourceLanguage: options.sourceLanguage,
      cut: options.cut,
      beams,
      tokenLimit,
    };
  }
}

function logRun({ milliseconds, sourceTokens, targetTokens, generated, model }: RunSummary): void {
  const { tokenize, encode, decode } = milliseconds;
  const size = `${sourceTokens.length} × ${targetTokens.length} tokens${generated ? ', target generated' : ''}`;
  const times = `tokenize ${tokenize.toFixed(0)}, encode ${encode.toFixed(0)}, decode ${decode.toFixed(0)} ms`;
  log().info(`Explored ${size} with ${model.name} (${times}).`);
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
