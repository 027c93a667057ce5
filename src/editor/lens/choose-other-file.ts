import * as vscode from 'vscode';
import type { LanguageKind } from '../../pair/data/language-files.ts';
import type { FileChoice } from '../data-files/chosen-columns.ts';
import type { Ask } from '../data-files/column-picker.ts';
import { otherFiles } from '../data-files/sibling-files.ts';

/** Files beside it that are offered. */
const MOST = 500;

/**
 * Asks which file holds the other texts, those in other languages first, and which of the two holds the sources.
 * @param before whether one was chosen before: that can be taken back
 */
export async function chooseOtherFile(
  uri: vscode.Uri,
  kind: LanguageKind,
  before: boolean,
  ask: Ask,
): Promise<FileChoice | 'recognise' | undefined> {
  const likely = (await otherFiles(uri)).map((other) => other.uri);
  const beside = kind === 'aligned' ? await filesBeside(uri) : [];
  const all = new Map([...likely, ...beside].map((other) => [other.toString(), other]));
  all.delete(uri.toString());
  const title = vscode.l10n.t('Choose Columns');
  const items: (vscode.QuickPickItem & { readonly other?: vscode.Uri })[] = [...all.values()].map((other) => ({
    label: nameOf(other, kind),
    other,
  }));
  if (before) items.push({ label: `$(wand) ${vscode.l10n.t('Recognise the file again')}` });
  const placeHolder = vscode.l10n.t('Which file holds the other texts?');
  const picked = await ask(items, { title, placeHolder });
  if (!picked?.other) return picked && 'recognise';
  const [here, there] = [nameOf(uri, kind), picked.label];
  const ways = [
    { label: `${here} → ${there}`, sourceHere: true },
    { label: `${there} → ${here}`, sourceHere: false },
  ];
  const way = await ask(ways, { title, placeHolder: vscode.l10n.t('From source to target') });
  return way && { other: { uri: picked.other.toString(), kind, sourceHere: way.sourceHere } };
}

/** `en/common.json` and `zh/common.json` differ in their folder. */
function nameOf(uri: vscode.Uri, kind: LanguageKind): string {
  return uri.path
    .split('/')
    .slice(kind === 'aligned' ? -1 : -2)
    .join('/');
}

async function filesBeside(uri: vscode.Uri): Promise<vscode.Uri[]> {
  const folder = vscode.Uri.joinPath(uri, '..');
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([, type]) => type & vscode.FileType.File)
      .slice(0, MOST)
      .map(([name]) => vscode.Uri.joinPath(folder, name));
  } catch {
    return [];
  }
}
