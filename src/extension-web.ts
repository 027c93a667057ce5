import type * as vscode from 'vscode';
import { type Api, activateWith } from './activate.ts';
import { webPlatform } from './editor/host/web-platform.ts';

/** The entry of the extension host that runs in a browser. Everything is built in activate-with.ts. */
export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, webPlatform(context.extensionUri));
}
