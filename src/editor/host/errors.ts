import * as vscode from 'vscode';
import { isAbort } from '../../base/scheduling.ts';
import type { PanelCommand } from '../../contract/choices.ts';
import { ExplorerError, formatMessage, internalError, type Message } from '../../contract/error.ts';
import type { PanelState } from '../../messages/host-messages.ts';

/** One way out of a failure: its label, the command that takes it, and the panel's name of it where it has one. */
interface Way {
  readonly label: string;
  readonly command: string;
  readonly args?: readonly unknown[];
  readonly panel?: PanelCommand;
}

/** Codes of the latest errors that were shown. */
const codes: string[] = [];

export const recentErrors = (): readonly string[] => codes;

/** The failure as the panel shows it. */
export function errorState(error: unknown): NonNullable<PanelState['error']> {
  const known = asExplorerError(error);
  const way = wayOut(known);
  return {
    code: known.code,
    message: errorText(known),
    way: way.panel ? { label: way.label, command: way.panel } : undefined,
  };
}

/** The one place where failures are shown: what failed, where, and one thing to do; the details go to the log. */
export async function showError(error: unknown): Promise<void> {
  if (isAbort(error)) return;
  const known = asExplorerError(error);
  codes.push(known.code);
  codes.splice(0, codes.length - 10);
  log().error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const way = wayOut(known);
  const chosen = await vscode.window.showErrorMessage(errorText(known), way.label);
  if (chosen === way.label) await vscode.commands.executeCommand(way.command, ...(way.args ?? []));
}

function asExplorerError(error: unknown): ExplorerError {
  if (error instanceof ExplorerError) return error;
  return internalError(error);
}

function wayOut(error: ExplorerError): Way {
  switch (error.code) {
    case 'text-too-long': {
      const { max } = error.params;
      const label = typeof max === 'number' ? vscode.l10n.t('Cut to {0} tokens', max) : vscode.l10n.t('Cut to fit');
      return { label, command: 'attentionExplorer.runCut', panel: 'runCut' };
    }
    case 'input-file':
    case 'input-kind':
    case 'text-empty':
    case 'text-same':
      return { label: vscode.l10n.t('Open Example'), command: 'attentionExplorer.openExample', panel: 'openExample' };
    case 'run-gone':
      return { label: vscode.l10n.t('Run Again'), command: 'attentionExplorer.runAgain', panel: 'runAgain' };
    case 'model-missing':
    case 'model-file':
    case 'model-config':
    case 'model-shape':
    case 'model-family':
    case 'model-nan':
    case 'tokenizer-file':
    case 'tokenizer-mismatch':
      return customModel()
        ? { label: vscode.l10n.t('Use Bundled Model'), command: 'attentionExplorer.useBundledModel' }
        : { label: vscode.l10n.t('Show Log'), command: 'attentionExplorer.showLog', panel: 'showLog' };
    case 'untrusted':
      return { label: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' };
    case 'export-too-large':
    case 'export-picture':
    case 'export-write':
      return { label: vscode.l10n.t('Export…'), command: 'attentionExplorer.export' };
    case 'internal':
      return { label: vscode.l10n.t('Show Log'), command: 'attentionExplorer.showLog', panel: 'showLog' };
  }
}

function customModel(): boolean {
  return vscode.workspace.getConfiguration('attentionExplorer').get<string>('modelFolder', '') !== '';
}

/** The error in the person's language; without a translation the English text stands as it is. */
function errorText(error: Message): string {
  return formatMessage(error, (english) => vscode.l10n.bundle?.[english] ?? english);
}

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

/** Registers commands of ours by their short names; each shows its failure in one way. */
export function registerTable(table: Readonly<Record<string, (...args: never[]) => unknown>>): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(table).map(([id, run]) =>
      vscode.commands.registerCommand(`attentionExplorer.${id}`, async (...args: never[]) => {
        try {
          return await run(...args);
        } catch (error) {
          if (!isAbort(error)) void showError(error);
          return undefined;
        }
      }),
    ),
  );
}
