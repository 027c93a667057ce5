import * as vscode from 'vscode';
import type { ExplorationController } from './exploration-controller.ts';

/** Keeps the context keys of menus and key bindings true to the exploration. */
export function contextKeys(controller: ExplorationController): vscode.Disposable {
  const told = new Map<string, boolean>();
  const tell = () => {
    const keys = {
      hasExploration: controller.run !== undefined,
      hasPair: controller.lastPair !== undefined,
      playing: controller.playing,
      running: controller.panelState.status === 'running',
    };
    for (const [key, value] of Object.entries(keys)) {
      if ((told.get(key) ?? false) === value) continue;
      told.set(key, value);
      void vscode.commands.executeCommand('setContext', `attentionExplorer.${key}`, value);
    }
  };
  return controller.onDidChange(tell);
}
