import * as vscode from 'vscode';
import { isAbort, throttleWhileRunning } from '../../base/scheduling.ts';
import type { PanelCommand, SideName } from '../../contract/choices.ts';
import type { Measurement } from '../../contract/run.ts';
import type { Engine } from '../../engine/engine.ts';
import { sidesOf } from '../../insight/attended-words.ts';
import { tiledId } from '../../insight/axes.ts';
import type { ComparedSide, PanelState } from '../../messages/host-messages.ts';
import type { WebviewMessage } from '../../messages/webview-messages.ts';
import type { Comparison } from '../explorations/comparison.ts';
import type { ExplorationController } from '../explorations/exploration.ts';
import { showError } from '../host/errors.ts';
import { panelStrings } from '../host/localized-text.ts';
import type { Settings } from '../host/settings.ts';
import type { Decorations } from '../marks/decorations.ts';
import type { ExplorationPanel } from './explorer-panel.ts';
import { TileFeed } from './tile-feed.ts';

/** Lengths of the measured ladder: from a short sentence up to where the full method still takes well under a second. */
const LADDER = [4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** Joins panel and exploration: the panel shows the one, and what is done in the panel acts on it. */
export function connectPanel(
  id: string,
  panel: ExplorationPanel,
  controller: ExplorationController,
  engine: Engine,
  decorations: Decorations,
  settings: () => Settings,
): vscode.Disposable {
  let measuring: AbortController | undefined;
  let told: PanelState | undefined;
  const tellState = () => {
    const state = controller.panelState;
    if (told && isSame(told, state)) return;
    told = state;
    panel.post({ type: 'state', state });
  };
  const stateChanged = throttleWhileRunning(() => controller.panelState.status === 'running', tellState);
  tellState();

  const measure = async () => {
    measuring?.abort();
    const abort = new AbortController();
    measuring = abort;
    const points: Measurement[] = [];
    const { run, state } = controller;
    const heads = (state?.kind === 'encoder' ? run?.model.encoderHeads : run?.model.decoderHeads) ?? 6;
    const headWidth = run?.model.headWidth ?? 32;
    const sources = run?.sourceTokens.length ?? 16;
    try {
      const request = { heads, headWidth, sources, lengths: LADDER };
      const onPart = (point: Measurement) => {
        points.push(point);
        if (measuring === abort) panel.post({ type: 'measured', points: [...points], done: false });
      };
      await engine.measure(request, { onPart, signal: abort.signal });
    } catch (error) {
      if (!isAbort(error)) void showError(error);
    }
    if (measuring !== abort) return;
    measuring = undefined;
    panel.post({ type: 'measured', points, done: true });
  };

  const commands: Readonly<Record<PanelCommand, () => unknown>> = {
    runAgain: () => controller.runAgain(),
    runCut: () => controller.runAgain({ cut: true }),
    cancel: () => controller.cancel(),
    swap: () => controller.swap(),
    explore: () => vscode.commands.executeCommand('attentionExplorer.exploreSelectedPair'),
    openExample: () => vscode.commands.executeCommand('attentionExplorer.openExample'),
    getStarted: () => vscode.commands.executeCommand('attentionExplorer.getStarted'),
    play: () => (controller.playing ? controller.pause() : controller.play()),
    measure,
    cancelMeasure: () => measuring?.abort(),
    modelDetails: async () => {
      const { folder } = controller.run?.model ?? {};
      if (folder !== undefined) panel.post({ type: 'model', details: await engine.details({ folder }) });
    },
    compareWith: () => vscode.commands.executeCommand('attentionExplorer.compareWith'),
    compareWithSelf: () => vscode.commands.executeCommand('attentionExplorer.compareWithSelf'),
    compareWithModel: () => vscode.commands.executeCommand('attentionExplorer.compareWithModel'),
    showLog: () => vscode.commands.executeCommand('attentionExplorer.showLog'),
  };

  const feed = new TileFeed(panel, controller, engine);
  const receive = async (message: WebviewMessage) => {
    switch (message.type) {
      case 'act':
        return controller.act(message.action);
      case 'command':
        return commands[message.command]();
      case 'setLanguages': {
        const { direction, sourceLanguage } = message;
        return controller.runAgain({ direction, sourceLanguage });
      }
      case 'export':
        return vscode.commands.executeCommand('attentionExplorer.export', message.target);
      case 'ready':
        return feed.stop();
      case 'tiles':
        return feed.ask(message.id, message.places);
      case 'hover':
        return decorations.point(controller, wordsAt(controller, message.row, message.col));
    }
  };

  return vscode.Disposable.from(
    postInit(panel, id, settings),
    panel.onDidReceive((message) => void Promise.resolve(receive(message)).catch(showError)),
    panel.onDidClose(() => {
      measuring?.abort();
      feed.stop();
      decorations.point(controller, []);
    }),
    controller.onDidChange(stateChanged),
    stateChanged,
    controller.onDidChangeView((view) => {
      feed.shown(tiledId(view));
      tellState();
      panel.post({ type: 'view', view });
    }),
    decorations.onDidHighlight(({ of, side, pieces }) => {
      if (of === controller) panel.post({ type: 'highlight', side, pieces });
    }),
    feed,
    { dispose: () => measuring?.abort() },
  );
}

/** A run is never changed, and large: it is the same or another one. */
function isSame({ run, ...one }: PanelState, { run: otherRun, ...other }: PanelState): boolean {
  return run === otherRun && JSON.stringify(one) === JSON.stringify(other);
}

/** Words of the texts under the panel's pointer: of the row and of the column, in the unit that is shown. */
function wordsAt({ view }: ExplorationController, row: number, col: number) {
  if (!view) return [];
  const sides = sidesOf(view.state.kind);
  const holds = (piece: number) => (label: { readonly from: number; readonly to: number }) =>
    label.from <= piece && piece < label.to;
  const asking = view.rows.find(holds(row));
  const asked = view.cols.find(holds(col));
  return [
    ...(asking ? [{ side: sides.rows, start: asking.start, end: asking.end }] : []),
    ...(asked ? [{ side: sides.cols, start: asked.start, end: asked.end }] : []),
  ];
}

/** Joins a comparison and its panel. @param pick lets the person choose what stands on a side */
export function connectComparison(
  panel: ExplorationPanel,
  comparison: Comparison,
  pick: (side: SideName) => Promise<void>,
  settings: () => Settings,
): vscode.Disposable {
  const side = (name: SideName): ComparedSide => {
    const { panelState, view, run } = comparison[name];
    // While a side is being run anew its old view stands under the old run.
    const { id, written } = comparison.of(name);
    return { id, written, state: panelState, view: view?.runId === run?.runId ? view : undefined };
  };
  const post = () => panel.post({ type: 'compare', left: side('left'), right: side('right') });
  const receive = async (message: WebviewMessage) => {
    if (message.type === 'actSide') await comparison.act(message.side, message.action);
    if (message.type === 'pickSide') await pick(message.side);
    if (message.type === 'command' && message.command === 'runAgain')
      await Promise.all([comparison.left.runAgain(), comparison.right.runAgain()]);
  };
  post();
  return vscode.Disposable.from(
    postInit(panel, '', settings),
    comparison.onDidChange(post),
    panel.onDidReceive((message) => void receive(message).catch(showError)),
  );
}

/** Tells a page what it shows, in which language and colours; again when the colours are set anew. */
function postInit(panel: ExplorationPanel, id: string, settings: () => Settings): vscode.Disposable {
  const post = () => {
    const { colorMap } = settings();
    panel.post({ type: 'init', id, colorMap, language: vscode.env.language, strings: panelStrings() });
  };
  post();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('attentionExplorer.colorMap')) post();
  });
}
