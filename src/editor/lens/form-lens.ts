import * as vscode from 'vscode';
import { shorten } from '../../base/text.ts';
import type { DataFile } from '../data-files/data-file.ts';

/** The lens above the first line, where there is something to choose: columns, paths, or one of several other files. */
export function formLens({ document, form }: DataFile): vscode.CodeLens[] {
  const title = titleOf(form);
  if (!title) return [];
  const command = { title, command: 'attentionExplorer.chooseColumns', arguments: [document.uri] };
  return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
}

function titleOf(form: DataFile['form']): string | undefined {
  if ('others' in form) {
    return form.others.length > 1 ? vscode.l10n.t('With {0}…', form.others[0].there) : undefined;
  }
  const { fields, columns, paths } = form;
  if (!form.format)
    return fields.length > 1 ? `$(split-horizontal)\u00a0${vscode.l10n.t('Choose columns…')}` : undefined;
  const none = vscode.l10n.t('no target');
  if (paths) return vscode.l10n.t('Columns: {0} → {1}', shorten(paths.source, 30), shorten(paths.target ?? none, 30));
  if (!columns || fields.length < 3) return undefined;
  const name = (column: number) => shorten(fields[column]?.name || String(column + 1), 30);
  const target = columns.target === undefined ? none : name(columns.target);
  return vscode.l10n.t('Columns: {0} → {1}', name(columns.source), target);
}
