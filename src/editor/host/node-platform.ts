import * as path from 'node:path';
import * as vscode from 'vscode';
import { startNodeWorker } from '../../engine/worker/start-worker.ts';
import type { Platform } from './platform.ts';

/** The extension host that runs on Node: checkpoints are folders on disk, the engine is a thread. */
export function nodePlatform(extensionUri: vscode.Uri): Platform {
  const file = (...names: string[]) => vscode.Uri.joinPath(extensionUri, ...names).fsPath;
  return {
    bundledModel: file('models', 'en-zh'),
    absoluteFolder(set) {
      const root = vscode.workspace.workspaceFolders?.[0]?.uri;
      return path.resolve(root?.scheme === 'file' ? root.fsPath : '', set);
    },
    folderName: (folder) => folder.fsPath,
    startWorker: () => startNodeWorker(file('dist', 'worker.cjs')),
  };
}
