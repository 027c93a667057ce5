import type * as vscode from 'vscode';
import type { WorkerTransport } from '../../engine/worker/worker-client.ts';

/** What differs between the extension hosts: Node's, on a desktop or a remote machine, and the browser's. */
export interface Platform {
  /** Folder of the bundled checkpoint, in the words of the worker: a path on Node, a URI in a browser. */
  readonly bundledModel: string;
  /** The folder that a person has set, absolute and in the same words; relative ones count from the workspace. */
  absoluteFolder(set: string): string;
  /** A folder as the worker calls it. */
  folderName(folder: vscode.Uri): string;
  /** Starts a worker that computes. */
  startWorker(): WorkerTransport;
}
