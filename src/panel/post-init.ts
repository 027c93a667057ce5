import * as vscode from 'vscode';
import type { Settings } from '../editor/host/settings.ts';
import type { ExplorationPanel } from '../editor/panel/explorer-panel.ts';
import { panelStrings } from '../editor/panel-strings.ts';

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
