import * as vscode from 'vscode';

/** Id of the walkthrough in the manifest. */
const ID = 'getStarted';

interface Manifest {
  readonly contributes: { readonly walkthroughs: readonly { readonly id: string; readonly title: string }[] };
}

/**
 * Opens the walkthrough. In a fresh profile VS Code (1.112) shows its own the first time, whichever is asked for: a tab
 * of another name is closed, and the walkthrough asked for once more.
 */
export async function openWalkthrough({ id, packageJSON }: vscode.Extension<unknown>): Promise<void> {
  const { contributes } = packageJSON as Manifest;
  const title = contributes.walkthroughs.find((walkthrough) => walkthrough.id === ID)?.title ?? '';
  const open = () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${id}#${ID}`, false);
  await open();
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  // A walkthrough's tab has no input that extensions know of.
  if (!tab || tab.input !== undefined || tab.label.includes(title)) return;
  await vscode.window.tabGroups.close(tab);
  await open();
}
