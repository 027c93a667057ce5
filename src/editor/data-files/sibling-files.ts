import * as vscode from 'vscode';
import { isSourceFile, type LanguageKind, languageFile, otherLanguages } from '../../pair/data/language-files.ts';
import { languageOfTag } from '../../pair/text-language.ts';

/** The file that holds the other texts of a file's pairs. */
export interface OtherFile {
  readonly uri: vscode.Uri;
  readonly kind: LanguageKind;
  /** Whether this file holds the sources, and the other one the targets. */
  readonly sourceHere: boolean;
  /** What a person knows the two by: en and zh-CN, or their names. */
  readonly here: string;
  readonly there: string;
}

/** Folders with more languages than this are not looked through. */
const MOST = 100;

/** The files beside a file that hold the same in other languages, the likeliest first; none where the folder can't be read. */
export async function otherFiles(uri: vscode.Uri): Promise<OtherFile[]> {
  const [folder = '', name = ''] = uri.path.split('/').slice(-2);
  const above = vscode.Uri.joinPath(uri, '..');
  try {
    if (languageFile(name)) return toOtherFiles(name, above, await namesIn(above, vscode.FileType.File));
    if (languageFile(`${folder}/${name}`)) return await inFolders(vscode.Uri.joinPath(above, '..'), folder, name);
  } catch {
    // A folder that is gone, or a place that has no folders: an untitled document.
  }
  return [];
}

/** `en/common.json`: the same name in the folders of other languages. */
async function inFolders(root: vscode.Uri, folder: string, name: string): Promise<OtherFile[]> {
  const folders = await namesIn(root, vscode.FileType.Directory);
  const languages = folders.filter((other) => languageOfTag(other)).slice(0, MOST);
  const there = await Promise.all(languages.map((other) => exists(vscode.Uri.joinPath(root, other, name))));
  const names = languages.filter((_, i) => there[i]).map((other) => `${other}/${name}`);
  return toOtherFiles(`${folder}/${name}`, root, names);
}

function toOtherFiles(name: string, root: vscode.Uri, names: readonly string[]): OtherFile[] {
  const own = languageFile(name);
  if (!own) return [];
  return otherLanguages(name, names).map((other) => ({
    uri: vscode.Uri.joinPath(root, other.name),
    kind: own.kind,
    sourceHere: isSourceFile(own, other),
    here: own.tag,
    there: other.tag,
  }));
}

async function namesIn(folder: vscode.Uri, type: vscode.FileType): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries.filter(([, of]) => of & type).map(([name]) => name);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
