import * as vscode from 'vscode';
import { patiently } from '../base/scheduling.ts';
import type { Explorations } from './explorations/explorations.ts';

/** Keeps the context keys of menus and key bindings true to the exploration that commands act on. */
export function contextKeys(explorations: Explorations): vscode.Disposable {
  const told = new Map<string, boolean>();
  const tell = () => {
    const controller = explorations.active?.controller;
    const keys = {
      hasExplorations: explorations.memory.records.length > 0,
      hasExploration: controller?.run !== undefined,
      hasPair: controller?.lastPair !== undefined,
      playing: controller?.playing ?? false,
      running: controller?.panelState.status === 'running',
    };
    for (const [key, value] of Object.entries(keys)) {
      if ((told.get(key) ?? false) === value) continue;
      told.set(key, value);
      void vscode.commands.executeCommand('setContext', `attentionExplorer.${key}`, value);
    }
  };
  tell();
  const isRunning = () => explorations.active?.controller.panelState.status === 'running';
  const changed = patiently(isRunning, tell);
  return vscode.Disposable.from(explorations.onDidChange(changed), explorations.memory.onDidChange(changed), changed);
}
