import * as vscode from 'vscode';
import { registerCodeHovers } from './editor/code-hovers/register-code-hovers.ts';
import { DataPairs } from './editor/data-files/data-pairs.ts';
import { registerCommands } from './editor/explorations/commands.ts';
import { Comparisons, type MakeComparisonPanel } from './editor/explorations/comparisons.ts';
import { Explorations, type MakePanel } from './editor/explorations/explorations.ts';
import { ExplorationsView } from './editor/explorations/explorations-view.ts';
import { History } from './editor/explorations/history.ts';
import { reportIssue } from './editor/explorations/issue-report.ts';
import { contextKeys, StatusItem } from './editor/explorations/status-item.ts';
import { registerExports } from './editor/export/register-exports.ts';
import { logLifetime, registerTable } from './editor/host/errors.ts';
import type { Platform } from './editor/host/platform.ts';
import { settings } from './editor/host/settings.ts';
import { registerLearning } from './editor/learning/walkthrough.ts';
import { WalkthroughProgress } from './editor/learning/walkthrough-steps.ts';
import { Decorations } from './editor/marks/decorations.ts';
import { Hovers } from './editor/marks/hovers.ts';
import { chooseModelFolder } from './editor/models/model-folder.ts';
import { ModelFolders } from './editor/models/model-folders.ts';
import { PendingPair } from './editor/pairs/pending-pair.ts';
import { COMPARISON_TYPE, ExplorationPanel, PANEL_TYPE } from './editor/panel/explorer-panel.ts';
import { connectComparison, connectPanel } from './editor/panel/panel-connection.ts';
import { restoreComparisons, restorePanels } from './editor/panel/restore-panels.ts';
import { type WorkerClient, workerClient } from './engine/worker/worker-client.ts';

/** What the integration tests see of the extension. */
export interface Api {
  readonly explorations: Explorations;
  readonly comparisons: Comparisons;
  readonly learned: WalkthroughProgress;
  readonly set: PendingPair;
  readonly dataPairs: DataPairs;
  readonly engine: WorkerClient;
  readonly modelFolders: ModelFolders;
  readonly decorations: Decorations;
  readonly view: ExplorationsView;
  /** Milliseconds that activate() took. */
  readonly activation: number;
}

/** Builds the parts and connects them, the same in every host; reads nothing and starts nothing. */
export function activateWith(context: vscode.ExtensionContext, platform: Platform): Api {
  const started = performance.now();
  const read = () => settings(platform);
  const engine = workerClient(
    () => platform.startWorker(),
    () => read().threads,
  );
  const memory = new History(context.workspaceState);
  const makePanel: MakePanel = (id, controller, restored) => {
    const panel = new ExplorationPanel(context.extensionUri);
    const connection = connectPanel(id, panel, controller, engine, decorations, read);
    panel.onDidClose(() => connection.dispose());
    if (restored) panel.adopt(restored);
    return panel;
  };
  const makeComparisonPanel: MakeComparisonPanel = (comparison, restored) => {
    const panel = new ExplorationPanel(context.extensionUri, 'comparison');
    const connection = connectComparison(panel, comparison, (side) => comparisons.pick(comparison, side), read);
    panel.onDidClose(() => connection.dispose());
    if (restored) panel.adopt(restored);
    return panel;
  };
  const explorations = new Explorations(engine, read, memory, makePanel);
  const comparisons = new Comparisons(explorations, engine, read, makeComparisonPanel);
  const decorations = new Decorations(explorations, () => read().decorations);
  const set = new PendingPair();
  const dataPairs = new DataPairs(explorations.explore, context.workspaceState);
  const view = new ExplorationsView(explorations);
  const modelFolders = new ModelFolders();
  const learned = new WalkthroughProgress(explorations, comparisons);
  context.subscriptions.push(
    logLifetime,
    engine,
    memory,
    explorations,
    comparisons,
    decorations,
    set,
    dataPairs,
    new Hovers(explorations, () => read().hovers),
    registerCodeHovers(),
    new StatusItem(explorations),
    view,
    modelFolders,
    contextKeys(explorations),
    registerCommands({ explorations, set, dataPairs }),
    learned,
    registerLearning(explorations, comparisons, learned, context.extension),
    registerExports({
      active: () => explorations.active,
      engine,
      settings: read,
      extensionUri: context.extensionUri,
      version: String(context.extension.packageJSON.version),
    }),
    registerTable({
      reportIssue: () => reportIssue(context.extension, explorations),
      chooseModelFolder: (uri?: vscode.Uri) => chooseModelFolder(uri, { explorations, engine, platform }),
      // From the explorer: a folder, or the config.json in it.
      useAsModel: (uri?: vscode.Uri) => {
        const folder = uri?.path.endsWith('/config.json') ? vscode.Uri.joinPath(uri, '..') : uri;
        return chooseModelFolder(folder, { explorations, engine, platform });
      },
    }),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, restorePanels(explorations)),
    vscode.window.registerWebviewPanelSerializer(COMPARISON_TYPE, restoreComparisons(comparisons)),
  );
  return {
    explorations,
    comparisons,
    learned,
    set,
    dataPairs,
    engine,
    modelFolders,
    decorations,
    view,
    activation: performance.now() - started,
  };
}
