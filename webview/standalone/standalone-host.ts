import { clampView, type RunShape, runShape } from '../../src/contract/state-bounds.ts';
import type { Action, ViewState } from '../../src/contract/view-state.ts';
import type { HostMessage } from '../../src/messages/host-messages.ts';
import type { StandaloneData } from '../../src/messages/standalone-data.ts';
import type { WebviewMessage } from '../../src/messages/webview-messages.ts';
import { buildView } from '../../src/run/build-view.ts';
import { type UnpackedRun, unpackRun } from '../../src/run/packed-run.ts';
import type { KeptRun } from '../../src/run/run-result.ts';
import { reduce } from '../../src/session/reduce.ts';

/** Milliseconds that a phase stands while playing. */
const PLAY_STEP = 1200;

/**
 * The extension's part, played in the page itself: the same reducer, and views computed by the same code from the run's
 * own Q, K and V. What would need the model or the editor is left alone.
 */
export class PageHost {
  private readonly kept: KeptRun;
  private readonly changed: UnpackedRun['changed'];
  private readonly shape: RunShape;
  private state: ViewState;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private remembered: unknown;

  /** @param say brings a message to the panel */
  constructor(
    private readonly data: StandaloneData,
    private readonly say: (message: HostMessage) => void,
  ) {
    const { run, changed } = unpackRun(data.run);
    this.kept = run;
    this.changed = changed;
    this.shape = runShape(this.kept.summary);
    this.state = clampView(data.state, this.shape);
  }

  /** What the panel gets instead of VS Code's own interface. */
  get api() {
    return {
      postMessage: (message: WebviewMessage) => this.receive(message),
      getState: () => this.remembered,
      setState: (state: unknown) => {
        this.remembered = state;
      },
    };
  }

  private receive(message: WebviewMessage): void {
    if (message.type === 'ready') {
      const { language, strings, colorMap, details } = this.data;
      this.say({ type: 'init', id: '', language, strings, colorMap });
      this.say({ type: 'model', details });
      this.show();
    } else if (message.type === 'act') {
      this.pause();
      // There is no model to try something else out with.
      if (message.action.type !== 'setWhatIf') this.apply(message.action);
    } else if (message.type === 'command' && message.command === 'play') {
      if (this.timer) this.pause();
      else this.timer = setTimeout(this.step, PLAY_STEP);
      this.tell();
    }
  }

  private apply(action: Action): void {
    this.state = reduce(this.state, action, this.shape);
    this.show();
  }

  private show(): void {
    this.tell();
    this.say({ type: 'view', view: buildView(this.kept, this.state, this.changedRun()) });
  }

  /** The run with the what-if that was exported, as long as the state still has it: a forced row belongs to its head. */
  private changedRun(): KeptRun | undefined {
    const { whatIf, kind, layer, head } = this.state;
    if (!whatIf || !this.changed) return undefined;
    const was = this.changed.state;
    const same = was.kind === kind && JSON.stringify(was.whatIf) === JSON.stringify(whatIf);
    return same && (!whatIf.force || (was.layer === layer && was.head === head)) ? this.changed.run : undefined;
  }

  private tell(): void {
    const run = this.kept.summary;
    this.say({ type: 'state', state: { status: 'ready', run, stale: false, playing: this.timer !== undefined } });
  }

  /** Through phases and tokens until the last. */
  private readonly step = () => {
    const before = JSON.stringify(this.state);
    this.timer = setTimeout(this.step, PLAY_STEP);
    this.apply({ type: 'nextPhase' });
    if (JSON.stringify(this.state) !== before) return;
    this.pause();
    this.tell();
  };

  private pause(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
