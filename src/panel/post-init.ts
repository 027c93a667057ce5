import * as vscode from 'vscode';
import { panelStrings } from '../editor/panel-strings.ts';
import type { Settings } from '../editor/settings.ts';
import type { ExplorationPanel } from './exploration-panel.ts';

/** Tells a page what it shows, in which language and colours; again when the colours are set anew. */
export function postInit(panel: ExplorationPanel, id: string, settings: () => Settings): vscode.Disposable {
  const post = () => {
    const { colorMap } = settings();
    panel.post({ type: 'init', id, colorMap, language: vscode.env.language, strings: panelStrings() });
  };
  post();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('attentionExplorer.colorMap')) post();
  });
}
