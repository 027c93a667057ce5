import * as vscode from 'vscode';
import { ExplorerError } from '../contract/error.ts';

/**
 * A folder of any file system that VS Code can read (a virtual workspace, the browser's own files), as the engine asks for it.
 * Nothing is read over the network: not from an address, and not through links, since it can't be seen where they lead.
 */
export function workspaceFolder(folder: vscode.Uri) {
  const local = () => {
    if (folder.scheme !== 'http' && folder.scheme !== 'https') return;
    const address = folder.toString();
    throw new ExplorerError(
      'model-missing',
      `${address} is an address, and models are not read over the network. Put the model's folder into the workspace.`,
      { folder: address },
    );
  };
  return {
    async list(): Promise<string[]> {
      local();
      return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
    },
    async look(name: string) {
      local();
      try {
        const { type, size } = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, name));
        if (type === vscode.FileType.File) return size;
        const link = (type & vscode.FileType.SymbolicLink) !== 0;
        const reason = link ? 'it is a link, which may lead anywhere' : 'it is not a regular file';
        return { reason, way: 'Put the file itself there.' };
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
        throw error;
      }
    },
    async read(name: string): Promise<Uint8Array> {
      return vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name));
    },
  };
}
