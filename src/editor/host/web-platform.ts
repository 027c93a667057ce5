import * as vscode from 'vscode';
import { ExplorerError, message } from '../../contract/error.ts';
import { startWebWorker } from '../../engine/worker/start-worker-web.ts';
import type { Platform } from './platform.ts';

/** Names of the files of models/en-zh, filled in by the build: the place that an extension comes from can't be listed. */
declare const BUNDLED_MODEL_FILES: readonly string[];

/** VS Code for the Web: checkpoints are folders of any file system that VS Code can read, the engine is a web worker. */
export function webPlatform(extensionUri: vscode.Uri): Platform {
  const bundled = vscode.Uri.joinPath(extensionUri, 'models', 'en-zh');
  const read = (uri: vscode.Uri) => vscode.workspace.fs.readFile(uri);
  return {
    bundledModel: folderName(bundled),
    absoluteFolder: (set) => folderName(absolute(set)),
    folderName,
    startWorker: () =>
      startWebWorker({
        script: async () => read(vscode.Uri.joinPath(extensionUri, 'dist', 'worker-web.js')),
        folder(name) {
          if (name !== folderName(bundled)) return workspaceFolder(vscode.Uri.parse(name));
          return {
            list: async () => [...BUNDLED_MODEL_FILES],
            look: async (file) => (BUNDLED_MODEL_FILES.includes(file) ? 0 : undefined),
            read: async (file) => read(vscode.Uri.joinPath(bundled, file)),
          };
        },
      }),
  };
}

/** A URI, or a path of the file system that the workspace is on. */
function absolute(set: string): vscode.Uri {
  if (/^[a-z][a-z\d+.-]+:/i.test(set)) return vscode.Uri.parse(set);
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  return set.startsWith('/') ? root.with({ path: set }) : vscode.Uri.joinPath(root, set);
}

/** A folder's URI as a person reads it, where that means the same. */
function folderName(uri: vscode.Uri): string {
  const plain = uri.toString(true);
  return vscode.Uri.parse(plain).toString() === uri.toString() ? plain : uri.toString();
}

/**
 * A folder of any file system that VS Code can read (a virtual workspace, the browser's own files), as the engine asks for it.
 * Nothing is read over the network: not from an address, and not through links, since it can't be seen where they lead.
 */
function workspaceFolder(folder: vscode.Uri) {
  const local = () => {
    if (folder.scheme !== 'http' && folder.scheme !== 'https') return;
    const address = folder.toString();
    throw new ExplorerError(
      'model-missing',
      "{folder} is an address, and models are not read over the network. Put the model's folder into the workspace.",
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
        const reason = link ? message('it is a link, which may lead anywhere') : message('it is not a regular file');
        return { reason, way: message('Put the file itself there.') };
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
