import * as vscode from 'vscode';
import type { Action } from '../exploration/action.ts';

import { ExplorerError } from '../protocol/explorer-error.ts';
import type { AnchoredPair } from './anchored-pair.ts';
import { changeHead } from './change-head.ts';
import type { ExplorationController, ExploreOptions } from './exploration-controller.ts';
import { log } from './log.ts';
import { openExample } from './open-example.ts';
import type { PanelWindow } from './panel-window.ts';
import { pairOfLine, selectedPair, selectedText } from './pick-pair.ts';
import type { SetPair } from './set-pair.ts';
import { isAbort, showError } from './show-error.ts';
import { swapPair } from './swap-pair.ts';

interface Parts {
  readonly controller: ExplorationController;
  readonly panel: PanelWindow;
  readonly set: SetPair;
}

/** Registers every command; each acts on the one exploration and shows its failure in one way. */
export function registerCommands(parts: Parts): vscode.Disposable {
  const { controller, panel, set } = parts;
  const act = (action: Action) => () => controller.act(action);
  const table: Readonly<Record<string, (...args: never[]) => unknown>> = {
    exploreSelectedPair: () => explore(parts, pickSelected(set)),
    exploreLine: () => explore(parts, () => pairOfLine(vscode.window.activeTextEditor)),
    exploreSetPair: () => explore(parts, () => whatIsSet(set)),
    setSource: () => set.set('source', selectedText(vscode.window.activeTextEditor)),
    setTarget: () => set.set('target', selectedText(vscode.window.activeTextEditor)),
    clearPair: () => set.clear(),
    setPairMenu: () => set.menu(),
    swapSetPair: () => set.swap(),
    swap: () => swap(parts),
    nextPhase: act({ type: 'nextPhase' }),
    previousPhase: act({ type: 'previousPhase' }),
    goToQuery: act({ type: 'setPhase', phase: 'query' }),
    goToMatch: act({ type: 'setPhase', phase: 'match' }),
    goToCombine: act({ type: 'setPhase', phase: 'combine' }),
    nextToken: act({ type: 'nextToken' }),
    previousToken: act({ type: 'previousToken' }),
    play: () => controller.play(),
    pause: () => controller.pause(),
    runAgain: () => controller.runAgain(),
    runCut: () => controller.runAgain({ cut: true }),
    showPanel: () => panel.show(false),
    changeHead: () => pickHead(controller),
    stepToken: (at?: { readonly query: number }) => stepToken(parts, at),
    showInHeatmap: (at?: { readonly query: number }) => showInHeatmap(parts, at),
    useBundledModel: () => useBundledModel(controller),
    openExample,
    showLog: () => log().show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(table).map(([id, run]) =>
      vscode.commands.registerCommand(`attentionExplorer.${id}`, async (...args: never[]) => {
        try {
          return await run(...args);
        } catch (error) {
          if (!isAbort(error)) void showError(error);
          return undefined;
        }
      }),
    ),
  );
}

async function explore({ controller, panel }: Parts, pick: () => AnchoredPair, options: ExploreOptions = {}) {
  let pair: AnchoredPair;
  try {
    pair = pick();
  } catch (error) {
    controller.fail(error);
    return undefined;
  }
  panel.show(true);
  return (await controller.explore(pair, options))?.runId;
}

/** What is selected; where nothing is, what was set. */
function pickSelected(set: SetPair): () => AnchoredPair {
  return () => {
    const editor = vscode.window.activeTextEditor;
    const nothing = !editor || editor.selections.every((selection) => selection.isEmpty);
    return nothing && set.source ? whatIsSet(set) : selectedPair(editor);
  };
}

function whatIsSet({ source, target }: SetPair): AnchoredPair {
  if (!source) {
    throw new ExplorerError('text-empty', 'No source is set. Select a text and choose Set Selection as Source.', {});
  }
  if (target && target.anchor.text.trim() === source.anchor.text.trim()) {
    throw new ExplorerError(
      'text-same',
      'Source and target are the same text. Select a translation as target, or the source alone and let the model write the target.',
      {},
    );
  }
  return { source, target };
}

/** Swaps what is explored; before anything is, what is set. */
async function swap({ controller, set }: Parts): Promise<void> {
  const { pair, run } = controller;
  if (pair && run) await controller.explore(swapPair(pair, run));
  else set.swap();
}

async function pickHead(controller: ExplorationController): Promise<void> {
  if (!controller.view) return;
  const action = await changeHead(controller.view);
  if (action) await controller.act(action);
}

async function stepToken({ controller, panel }: Parts, at: { readonly query: number } | undefined): Promise<void> {
  panel.show(true);
  if (at) await controller.act({ type: 'setQuery', query: at.query });
  await controller.act({ type: 'setPhase', phase: 'query' });
  panel.post({ type: 'reveal', section: 'stepper' });
}

async function showInHeatmap({ controller, panel }: Parts, at: { readonly query: number } | undefined): Promise<void> {
  panel.show(true);
  if (at) await controller.act({ type: 'setQuery', query: at.query });
  panel.post({ type: 'reveal', section: 'heatmap' });
}

async function useBundledModel(controller: ExplorationController): Promise<void> {
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  const set = section.inspect<string>('modelFolder');
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  if (set?.workspaceFolderValue) await section.update('modelFolder', '', WorkspaceFolder);
  if (set?.workspaceValue) await section.update('modelFolder', '', Workspace);
  if (set?.globalValue) await section.update('modelFolder', undefined, Global);
  await controller.runAgain();
}
