import * as vscode from 'vscode';

/** Bytes of the largest settings file that is looked into. */
const MOST = 2 ** 20;
const SETTING = /"attentionExplorer\.modelFolder"\s*:\s*"((?:[^"\\]|\\.)+)"/;

let said = false;

/** Says once that the model folder which was set is left alone because the workspace is not trusted. */
export async function noticeTrust(): Promise<void> {
  if (said || vscode.workspace.isTrusted) return;
  const set = vscode.workspace.getConfiguration('attentionExplorer').inspect<string>('modelFolder');
  const folder = set?.globalValue || (await workspaceFolderSetting());
  if (!folder) return;
  said = true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'This workspace is not trusted, so the bundled model is used and not {0}. Trust the workspace to use that one.',
      folder,
    ),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}

/** VS Code keeps a restricted setting's value from us, so whether there is one is read off the file. */
async function workspaceFolderSetting(): Promise<string | undefined> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    try {
      const file = vscode.Uri.joinPath(uri, '.vscode', 'settings.json');
      if ((await vscode.workspace.fs.stat(file)).size > MOST) continue;
      const [, folder] = SETTING.exec(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) ?? [];
      if (folder) return folder;
    } catch {
      // No settings here: nothing is set.
    }
  }
  return undefined;
}
