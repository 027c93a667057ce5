import type * as vscode from 'vscode';
import { type Api, activateWith } from './activate-with.ts';
import { nodePlatform } from './editor/node-platform.ts';

/** The entry of the extension host that runs on Node. Everything is built in activate-with.ts. */
export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, nodePlatform(context.extensionUri));
}
