import * as vscode from 'vscode';
import { ExplorerError, reasonOf } from '../../contract/error.ts';

/**
 * Writes a file whole or not at all: under another name beside it first, which then takes its place.
 * @throws ExplorerError 'export-write'; what was there before is then as it was
 */
export async function saveWhole(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const part = uri.with({ path: `${uri.path}.${crypto.randomUUID().slice(0, 8)}.part` });
  try {
    if (await isFolder(uri)) throw vscode.FileSystemError.FileIsADirectory(uri);
    await fs.writeFile(part, bytes);
    await fs.rename(part, uri, { overwrite: true });
  } catch (error) {
    await fs.delete(part).then(undefined, () => undefined);
    const file = uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
    throw new ExplorerError('export-write', '{file} could not be written: {reason}. Export again to another place.', {
      file,
      reason: reasonOf(error),
    });
  }
}

/** To rename onto a folder with overwrite would delete it. */
async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

/**
 * Says that a file is there, and offers to open it or to show where it is.
 * @param panel editor group of the panel, in which the file is not opened: it would hide what was exported
 */
export async function notifySaved(uri: vscode.Uri, panel: vscode.ViewColumn | undefined): Promise<void> {
  const name = uri.path.split('/').at(-1) ?? '';
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal');
  const opens = !/\.(npz|safetensors)$/.test(name);
  const message = vscode.l10n.t('Exported {0}.', name);
  const chosen = await vscode.window.showInformationMessage(message, ...(opens ? [open, reveal] : [reveal]));
  if (chosen === open) await openFile(uri, panel);
  else if (chosen === reveal) await revealFile(uri);
}

/** A page opens in the browser of this machine, where the file is on it; everything else in VS Code. */
async function openFile(uri: vscode.Uri, panel: vscode.ViewColumn | undefined): Promise<void> {
  if (isHere(uri) && uri.path.endsWith('.html')) await vscode.env.openExternal(uri);
  else {
    const { One, Two } = vscode.ViewColumn;
    await vscode.commands.executeCommand('vscode.open', uri, { viewColumn: panel === One ? Two : One, preview: false });
  }
}

async function revealFile(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand(isHere(uri) ? 'revealFileInOS' : 'revealInExplorer', uri);
}

function isHere(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
}
