import * as vscode from 'vscode';
import { shorten } from '../../base/text.ts';
import { ExplorerError } from '../../contract/error.ts';
import { type DataKind, formatFor } from '../../pair/data/format-detection.ts';
import { type SampleField, samplePaths } from '../../pair/data/json-format.ts';
import type { LanguageKind } from '../../pair/data/language-files.ts';
import { columnsAt } from '../../pair/data/pair-fields.ts';
import { csvDialect, sampleRows } from '../../pair/data/table-format.ts';
import type { ChosenForms, FileChoice } from './chosen-columns.ts';
import type { DataFiles } from './data-files.ts';
import { otherFiles } from './sibling-files.ts';

/** Asks which fields of a file are source and target, and keeps the answer for this file. */
export async function chooseColumns(
  files: DataFiles,
  chosen: ChosenForms,
  uri: vscode.Uri | undefined,
  ask: Question,
): Promise<void> {
  if (!uri) {
    throw new ExplorerError(
      'text-empty',
      'No file is open. Open a file with pairs of texts and choose its columns then.',
    );
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const { form } = (await files.of(document)) ?? {};
  const kind = form?.kind ?? (await chooseKind(ask));
  if (!kind) return;
  if (kind === 'po' || kind === 'xliff') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('In this kind of file source and target have names of their own: there is nothing to choose.'),
    );
    return;
  }
  const before = chosen.get(uri) !== undefined;
  const choice =
    kind === 'aligned' || kind === 'localisation'
      ? await chooseOtherFile(uri, kind, before, ask)
      : await chooseFields(kind, files.sampleOf(document), before, ask);
  if (choice) await chosen.set(uri, choice === 'recognise' ? undefined : choice);
}

/** What a file is whose name does not say so. */
async function chooseKind(ask: Question): Promise<DataKind | 'aligned' | undefined> {
  const items: (vscode.QuickPickItem & { readonly is: DataKind | 'aligned' })[] = [
    { is: 'tsv', label: vscode.l10n.t('Columns with tabs between them'), description: 'TSV' },
    { is: 'csv', label: vscode.l10n.t('Columns with commas or semicolons between them'), description: 'CSV' },
    { is: 'jsonl', label: vscode.l10n.t('A JSON record on each line'), description: 'JSON Lines' },
    { is: 'json', label: vscode.l10n.t('JSON records'), description: 'JSON' },
    { is: 'aligned', label: vscode.l10n.t('One text on each line, its translation in another file') },
  ];
  const title = vscode.l10n.t('Choose Columns');
  const picked = await ask(items, {
    title,
    placeHolder: vscode.l10n.t('What is in this file?'),
  });
  return picked?.is;
}

type Table = Exclude<DataKind, 'po' | 'xliff'>;

async function chooseFields(
  kind: Table,
  sample: string,
  before: boolean,
  ask: Question,
): Promise<FileChoice | 'recognise' | undefined> {
  const table = kind === 'csv' || kind === 'tsv';
  const fields = table ? formatFor(kind, sample).fields : samplePaths(sample, kind);
  if (fields.length === 0) {
    throw new ExplorerError(
      'text-empty',
      'No columns with text were found at the beginning of this file. Select two texts instead.',
    );
  }
  const source = await pickField(
    ask,
    fields,
    vscode.l10n.t('Which one is the source?'),
    before ? 'recognise' : undefined,
  );
  if (typeof source !== 'number') return source === 'recognise' ? source : undefined;
  const target = await pickField(ask, fields, vscode.l10n.t('Which one is the target?'), 'none', source);
  if (target === undefined) return undefined;
  const to = typeof target === 'number' ? target : undefined;
  if (!table) {
    return {
      data: { kind, paths: { source: fields[source].name, target: to === undefined ? undefined : fields[to].name } },
    };
  }
  const rows = sampleRows(sample, kind === 'csv' ? csvDialect(sample) : { kind, delimiter: '\t' });
  return { data: { kind, columns: columnsAt(rows, source, to) } };
}

/** @param extra a further answer   @param taken the field that can't be chosen again */
async function pickField(
  ask: Question,
  fields: readonly SampleField[],
  placeHolder: string,
  extra: 'recognise' | 'none' | undefined,
  taken?: number,
): Promise<number | 'recognise' | 'none' | undefined> {
  const items = fields
    .map(({ name, sample }, answer): vscode.QuickPickItem & { readonly answer: number | 'recognise' | 'none' } => ({
      answer,
      label: name || vscode.l10n.t('Column {0}', answer + 1),
      description: shorten(sample, 60),
    }))
    .filter(({ answer }) => answer !== taken);
  if (extra === 'recognise')
    items.push({ answer: extra, label: `$(wand) ${vscode.l10n.t('Recognise the file again')}` });
  if (extra === 'none')
    items.push({ answer: extra, label: `$(sparkle) ${vscode.l10n.t('None: the model writes it')}` });
  const title = vscode.l10n.t('Choose Columns');
  return (await ask(items, { title, placeHolder, matchOnDescription: true }))?.answer;
}

/** Lets a person pick one of some items. */
export type Question = <T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
) => Thenable<T | undefined>;

/** Files beside it that are offered. */
const MOST = 500;

/**
 * Asks which file holds the other texts, those in other languages first, and which of the two holds the sources.
 * @param before whether one was chosen before: that can be taken back
 */
async function chooseOtherFile(
  uri: vscode.Uri,
  kind: LanguageKind,
  before: boolean,
  ask: Question,
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
