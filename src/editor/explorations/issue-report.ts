import * as vscode from 'vscode';
import type { ModelInfo } from '../../contract/model-info.ts';
import type { RunSummary } from '../../contract/run.ts';
import { recentErrors } from '../host/errors.ts';
import type { Explorations } from './explorations.ts';

/** Opens VS Code's own issue reporter with the facts that help, and none of the person's texts. */
export async function reportIssue(extension: vscode.Extension<unknown>, explorations: Explorations): Promise<void> {
  const { packageJSON, id } = extension;
  const host = {
    extension: String(packageJSON.version),
    vscode: vscode.version,
    host: `${vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop'}${vscode.env.remoteName ? `, ${vscode.env.remoteName}` : ''}`,
    language: vscode.env.language,
    theme: vscode.ColorThemeKind[vscode.window.activeColorTheme.kind],
    trusted: vscode.workspace.isTrusted,
  };
  const data = issueData(host, changedSettings(packageJSON), explorations.active?.controller.run, recentErrors());
  try {
    await vscode.commands.executeCommand('workbench.action.openIssueReporter', { extensionId: id, data });
  } catch {
    // Some hosts have no reporter: the facts go where they can be pasted from.
    await vscode.env.clipboard.writeText(data);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The facts for a report were copied to the clipboard. They hold none of your texts.'),
    );
  }
}

function changedSettings(manifest: {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
}): Record<string, unknown> {
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  const groups = manifest.contributes.configuration;
  const names = groups.flatMap(({ properties }) => Object.keys(properties)).map((name) => name.split('.')[1]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const set = section.inspect(name);
      const value = section.get(name);
      return set && JSON.stringify(value) !== JSON.stringify(set.defaultValue) ? [[name, value]] : [];
    }),
  );
}

/** What is known of the place that the extension runs in. */
export interface HostInfo {
  readonly extension: string;
  readonly vscode: string;
  /** 'node' or 'web', and the remote that it runs on where there is one. */
  readonly host: string;
  readonly language: string;
  readonly theme: string;
  readonly trusted: boolean;
}

/**
 * What helps with a report: versions, settings, sizes, error codes. Never a text, a file name or a folder of the
 * person's: a model of their own is named by its family alone.
 * @param settings what was changed from its default; the values of texts are left out
 * @param errors codes of the latest errors, newest last
 */
export function issueData(
  host: HostInfo,
  settings: Readonly<Record<string, unknown>>,
  run: RunSummary | undefined,
  errors: readonly string[],
): string {
  const changed = Object.entries(settings).map(([name, value]) => {
    const plain = typeof value === 'number' || typeof value === 'boolean' || name !== 'modelFolder';
    return `${name}: ${plain ? JSON.stringify(value) : 'set'}`;
  });
  return [
    `- Extension ${host.extension}, VS Code ${host.vscode}, ${host.host}, ${host.language}, ${host.theme}, ${host.trusted ? 'trusted' : 'untrusted'}`,
    `- Settings changed: ${changed.join(', ') || 'none'}`,
    `- Exploration: ${run ? exploration(run) : 'none'}`,
    `- Latest errors: ${errors.join(', ') || 'none'}`,
  ].join('\n');
}

function exploration({ model, sourceTokens, targetTokens, generated, milliseconds }: RunSummary): string {
  const { tokenize, encode, decode } = milliseconds;
  const times = [tokenize, encode, decode].map((time) => Math.round(time)).join(' + ');
  return `${sourceTokens.length} × ${targetTokens.length} tokens${generated ? ' (target generated)' : ''}, ${sizes(model)}, ${times} ms`;
}

function sizes(model: ModelInfo): string {
  const { family, encoderLayers, decoderLayers, encoderHeads, decoderHeads, width, vocabulary, dtype, bytes } = model;
  return `${family} ${encoderLayers}+${decoderLayers} layers, ${encoderHeads}/${decoderHeads} heads, D ${width}, V ${vocabulary}, ${dtype}, ${(bytes / 1e6).toFixed(1)} MB`;
}
