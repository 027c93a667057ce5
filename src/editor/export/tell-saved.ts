import * as vscode from 'vscode';

/**
 * Says that a file is there, and offers to open it or to show where it is.
 * @param panel editor group of the panel, in which the file is not opened: it would hide what was exported
 */
export async function tellSaved(uri: vscode.Uri, panel: vscode.ViewColumn | undefined): Promise<void> {
  const name = uri.path.split('/').at(-1) ?? '';
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal');
  const opens = !/\.(npz|safetensors)$/.test(name);
  const message = vscode.l10n.t('Exported {0}.', name);
  const chosen = await vscode.window.showInformationMessage(message, ...(opens ? [open, reveal] : [reveal]));
  if (chosen === open) await openFile(uri, panel);
  else if (chosen === reveal) await revealFile(uri);
}

/** A page opens in the browser of this machine, where the file is on it; everything else in VS Code. */
async function openFile(uri: vscode.Uri, panel: vscode.ViewColumn | undefined): Promise<void> {
  if (isHere(uri) && uri.path.endsWith('.html')) await vscode.env.openExternal(uri);
  else {
    const { One, Two } = vscode.ViewColumn;
    await vscode.commands.executeCommand('vscode.open', uri, { viewColumn: panel === One ? Two : One, preview: false });
  }
}

async function revealFile(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand(isHere(uri) ? 'revealFileInOS' : 'revealInExplorer', uri);
}

function isHere(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
}
