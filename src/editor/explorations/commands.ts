import * as vscode from 'vscode';
import type { Action } from '../../contract/view-state.ts';
import type { DataPairs } from '../data-files/data-pairs.ts';
import { log, registerTable } from '../host/errors.ts';
import type { AnchoredPair } from '../pairs/anchored-pair.ts';
import { openExample } from '../pairs/example-pair.ts';
import { pickMedia } from '../pairs/media-file.ts';
import type { PendingPair } from '../pairs/pending-pair.ts';
import { pairOfLine, selectedPair, selectedText } from '../pairs/selected-pair.ts';
import type { ExplorationController } from './exploration.ts';
import type { Explorations } from './explorations.ts';
import { changeHead } from './head-picker.ts';

interface Parts {
  readonly explorations: Explorations;
  readonly set: PendingPair;
  readonly dataPairs: DataPairs;
}

/** What a hover's link is about. */
interface Place {
  readonly exploration?: string;
  readonly query?: number;
}

/** Registers the commands; each acts on the active exploration and shows its failure in one way. */
export function registerCommands({ explorations, set, dataPairs }: Parts): vscode.Disposable {
  const on = (what: (controller: ExplorationController) => unknown) => () => {
    const { active } = explorations;
    return active && what(active.controller);
  };
  const act = (action: Action) => on((controller) => controller.act(action));
  return registerTable({
    exploreSelectedPair: () => explore(explorations, pickSelected(set)),
    exploreLine: () => explore(explorations, pickLine(dataPairs, vscode.window.activeTextEditor)),
    exploreSetPair: () => explore(explorations, () => set.pair),
    setSource: () => set.set('source', selectedText(vscode.window.activeTextEditor)),
    setTarget: () => set.set('target', selectedText(vscode.window.activeTextEditor)),
    clearPair: () => set.clear(),
    setPairMenu: () => set.menu(),
    swapSetPair: () => set.swap(),
    // Swaps what is explored; before anything is, what is set.
    swap: () => (explorations.active?.controller.run ? explorations.active.controller.swap() : set.swap()),
    nextPhase: act({ type: 'nextPhase' }),
    previousPhase: act({ type: 'previousPhase' }),
    goToQuery: act({ type: 'setPhase', phase: 'query' }),
    goToMatch: act({ type: 'setPhase', phase: 'match' }),
    goToCombine: act({ type: 'setPhase', phase: 'combine' }),
    nextToken: act({ type: 'nextToken' }),
    previousToken: act({ type: 'previousToken' }),
    play: on((controller) => controller.play()),
    pause: on((controller) => controller.pause()),
    runAgain: on((controller) => controller.runAgain()),
    runCut: on((controller) => controller.runAgain({ cut: true })),
    showPanel: () => showPanel(explorations),
    changeHead: (at?: Place) => pickHead(explorations, at),
    stepToken: (at?: Place) => reveal(explorations, at, 'stepper'),
    showModel: () => reveal(explorations, undefined, 'model'),
    showInHeatmap: (at?: Place) => reveal(explorations, at, 'heatmap'),
    useBundledModel: () => useBundledModel(explorations),
    exploreFile: async (uri?: vscode.Uri) => {
      const pair = await pickMedia(uri);
      return pair && explorations.explore(pair);
    },
    openExample,
    showLog: () => log().show(),
  });
}

async function explore(explorations: Explorations, pick: () => AnchoredPair | Promise<AnchoredPair>) {
  let pair: AnchoredPair;
  try {
    pair = await pick();
  } catch (error) {
    explorations.fail(error);
    return undefined;
  }
  return explorations.explore(pair);
}

/** What the line under the cursor holds: in a data file the pair that stands there, decoded. */
function pickLine(dataPairs: DataPairs, editor: vscode.TextEditor | undefined): () => Promise<AnchoredPair> {
  return async () => (await dataPairs.pairAtCursor(editor)) ?? pairOfLine(editor);
}

/** What is selected; where nothing is, what was set. */
function pickSelected(set: PendingPair): () => AnchoredPair {
  return () => {
    const editor = vscode.window.activeTextEditor;
    const nothing = !editor || editor.selections.every((selection) => selection.isEmpty);
    return nothing && set.source ? set.pair : selectedPair(editor);
  };
}

/** The panel of the active exploration; with none open the latest again; before there ever was one an empty panel. */
async function showPanel(explorations: Explorations): Promise<void> {
  const { active, memory } = explorations;
  const latest = memory.records[0];
  if (active) active.panel.show(false);
  else if (latest) await explorations.reopen(latest.id);
  else explorations.showEmpty();
}

async function pickHead(explorations: Explorations, at: Place | undefined): Promise<void> {
  const { controller } = explorations.get(at?.exploration) ?? explorations.active ?? {};
  const action = controller?.view && (await changeHead(controller.view));
  if (action) await controller?.act(action);
}

/** Shows a section of the panel, at the query that was asked for. */
async function reveal(explorations: Explorations, at: Place | undefined, section: 'stepper' | 'heatmap' | 'model') {
  const exploration = explorations.get(at?.exploration) ?? explorations.active;
  if (!exploration) return;
  const { controller, panel, id } = exploration;
  explorations.activate(id);
  panel.show(true);
  if (at?.query !== undefined) await controller.act({ type: 'setQuery', query: at.query });
  if (section === 'stepper') await controller.act({ type: 'setPhase', phase: 'query' });
  panel.post({ type: 'reveal', section });
}

async function useBundledModel(explorations: Explorations): Promise<void> {
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  const set = section.inspect<string>('modelFolder');
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  if (set?.workspaceFolderValue) await section.update('modelFolder', '', WorkspaceFolder);
  if (set?.workspaceValue) await section.update('modelFolder', '', Workspace);
  if (set?.globalValue) await section.update('modelFolder', undefined, Global);
  await explorations.active?.controller.runAgain();
}
