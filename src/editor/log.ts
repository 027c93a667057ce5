import * as vscode from 'vscode';

let channel: vscode.LogOutputChannel | undefined;

/** The log channel, made when something is first said, so that activation costs nothing. */
export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('Attention Explorer', { log: true });
  return channel;
}

/** Ends the channel with the extension. */
export const logLifetime: vscode.Disposable = {
  dispose() {
    channel?.dispose();
    channel = undefined;
  },
};
