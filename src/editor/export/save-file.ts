import * as vscode from 'vscode';
import { ExplorerError } from '../../contract/error.ts';

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
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExplorerError('export-write', `${file} could not be written: ${reason}. Export again to another place.`, {
      file,
      reason,
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
