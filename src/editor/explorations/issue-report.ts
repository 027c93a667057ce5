import * as vscode from 'vscode';
import { recentErrors } from '../host/errors.ts';
import { issueData } from '../issue-data.ts';
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
  readonly contributes?: { readonly configuration?: { readonly properties?: Readonly<Record<string, unknown>> } };
}): Record<string, unknown> {
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  const names = Object.keys(manifest.contributes?.configuration?.properties ?? {}).map((name) => name.split('.')[1]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const set = section.inspect(name);
      const value = section.get(name);
      return set && JSON.stringify(value) !== JSON.stringify(set.defaultValue) ? [[name, value]] : [];
    }),
  );
}
