import type * as vscode from 'vscode';
import { type Api, activateWith } from './activate.ts';
import { nodePlatform } from './editor/host/node-platform.ts';

/** The entry of the extension host that runs on Node. Everything is built in activate-with.ts. */
export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, nodePlatform(context.extensionUri));
}
