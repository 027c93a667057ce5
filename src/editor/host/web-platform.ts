import * as vscode from 'vscode';
import { startWebWorker } from '../../engine/worker/start-worker-web.ts';
import { workspaceFolder } from '../workspace-folder.ts';
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
