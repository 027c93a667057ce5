import * as vscode from 'vscode';
import { EXTENSIONS, fileName } from '../../export/file-name.ts';
import type { AnchoredPair } from '../pairs/anchored-pair.ts';
import type { Seen } from './exported-view.ts';
import type { FileTarget } from './file-content.ts';

/** Where the person exported last, as long as the window is open. */
let last: vscode.Uri | undefined;

/** Asks where the file goes; the name says what is in it. */
export async function pickPlace(
  target: FileTarget,
  { view, run }: Seen,
  pair: AnchoredPair | undefined,
): Promise<vscode.Uri | undefined> {
  const folder = last ?? folderOf(pair);
  const name = fileName(target, run, view);
  const chosen = await vscode.window.showSaveDialog({
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(`/${name}`),
    filters: { [FILTERS[target]]: [EXTENSIONS[target]?.split('.').at(-1) ?? '*'] },
    saveLabel: vscode.l10n.t('Export'),
    title: vscode.l10n.t('Attention: Export'),
  });
  if (chosen) last = vscode.Uri.joinPath(chosen, '..');
  return chosen;
}

const FILTERS: Readonly<Record<FileTarget, string>> = {
  svg: 'SVG',
  png: 'PNG',
  html: 'HTML',
  csv: 'CSV',
  json: 'JSON',
  npz: 'NumPy',
  safetensors: 'safetensors',
  pharaoh: 'Pharaoh',
};

/** The workspace folder that the source stands in, else the first one, else the folder of the source's file. */
function folderOf(pair: AnchoredPair | undefined): vscode.Uri | undefined {
  const { workspaceFolders, getWorkspaceFolder } = vscode.workspace;
  const uri = pair?.source.uri;
  const folder = (uri && getWorkspaceFolder(uri)) ?? workspaceFolders?.[0];
  return folder?.uri ?? (uri?.scheme === 'file' ? vscode.Uri.joinPath(uri, '..') : undefined);
}
