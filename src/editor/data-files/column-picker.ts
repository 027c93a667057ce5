import * as vscode from 'vscode';
import { shorten } from '../../base/text.ts';
import { ExplorerError } from '../../contract/error.ts';
import { type DataKind, formatFor } from '../../pair/data/format-detection.ts';
import { type SampleField, samplePaths } from '../../pair/data/json-format.ts';
import { columnsAt } from '../../pair/data/pair-fields.ts';
import { csvDialect, sampleRows } from '../../pair/data/table-format.ts';
import { chooseOtherFile } from '../lens/choose-other-file.ts';
import type { ChosenForms, FileChoice } from './chosen-columns.ts';
import type { DataFiles } from './data-files.ts';

/** Lets a person pick one of some items. */
export type Ask = <T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
) => Thenable<T | undefined>;

/** Asks which fields of a file are source and target, and keeps the answer for this file. */
export async function chooseColumns(
  files: DataFiles,
  chosen: ChosenForms,
  uri: vscode.Uri | undefined,
  ask: Ask,
): Promise<void> {
  if (!uri) {
    throw new ExplorerError(
      'text-empty',
      'No file is open. Open a file with pairs of texts and choose its columns then.',
      {},
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
async function chooseKind(ask: Ask): Promise<DataKind | 'aligned' | undefined> {
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
  ask: Ask,
): Promise<FileChoice | 'recognise' | undefined> {
  const table = kind === 'csv' || kind === 'tsv';
  const fields = table ? formatFor(kind, sample).fields : samplePaths(sample, kind);
  if (fields.length === 0) {
    throw new ExplorerError(
      'text-empty',
      'No columns with text were found at the beginning of this file. Select two texts instead.',
      {},
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
  ask: Ask,
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
