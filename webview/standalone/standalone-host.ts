import type { HostMessage } from '../../src/messages/host-messages.ts';
import type { StandaloneData } from '../../src/messages/standalone-data.ts';
import type { WebviewMessage } from '../../src/messages/webview-messages.ts';
import { buildView } from '../../src/run/build-view.ts';
import { type UnpackedRun, unpackRun } from '../../src/run/packed-run.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { type ExploreOptions, Session, type SessionEngine } from '../../src/session/session.ts';

/** An engine that has one run and no model: views are computed from the run's own Q, K and V. */
function engineOf({ run, changed }: UnpackedRun): SessionEngine {
  /** The run with the what-if that was exported, as long as the state still has it: a forced row belongs to its head. */
  const changedRun: (state: ExploreOptions['state'] & {}) => RunResult | undefined = ({
    whatIf,
    kind,
    layer,
    head,
  }) => {
    if (!whatIf || !changed) return undefined;
    const was = changed.state;
    const same = was.kind === kind && JSON.stringify(was.whatIf) === JSON.stringify(whatIf);
    return same && (!whatIf.force || (was.layer === layer && was.head === head)) ? changed.run : undefined;
  };
  return {
    run: () => Promise.reject(new Error('A page that stands alone has no model.')),
    view: ({ state }) => Promise.resolve(buildView(run, state, changedRun(state))),
    tiledLine: () => Promise.resolve(new Float32Array(0)),
    drop: () => undefined,
  };
}

/** The extension's part, played in the page itself. What would need the model or the editor is left alone. */
export class StandaloneHost {
  private readonly run: UnpackedRun;
  private readonly session: Session<undefined>;
  private remembered: unknown;

  /** @param post brings a message to the panel */
  constructor(
    private readonly data: StandaloneData,
    private readonly post: (message: HostMessage) => void,
  ) {
    this.run = unpackRun(data.run);
    this.session = new Session(engineOf(this.run), () => data.state);
    this.session.onDidChange(() => this.postState());
    this.session.onDidChangeView((view) => this.post({ type: 'view', view }));
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
      const { language, strings, colorMap, details, state } = this.data;
      this.post({ type: 'init', id: '', language, strings, colorMap });
      this.post({ type: 'model', details });
      void this.session.share(undefined, this.run.run.summary, state);
    } else if (message.type === 'act') {
      void this.session.act(message.action);
    } else if (message.type === 'command' && message.command === 'play') {
      if (this.session.playing) this.session.pause();
      else this.session.play();
    }
  }

  private postState(): void {
    const { run, playing } = this.session;
    this.post({ type: 'state', state: { status: 'ready', run, stale: false, playing } });
  }
}
