import * as vscode from 'vscode';
import type { ResolvedName } from '../../code/python-scopes.ts';
import { listed } from '../listed.ts';

interface Call {
  readonly resolved: readonly ResolvedName[];
  readonly unread: readonly string[];
  readonly more: boolean;
}

/** Where the numbers come from, and which are not known: what is shown is only as good as that. Names are identifiers. */
export function callNotes({ resolved, unread, more }: Call): string {
  const notes: string[] = [];
  const names = resolved.filter(({ value }) => typeof value === 'number');
  if (names.length > 0) {
    const list = names.map(({ name, value, line, isDefault }) =>
      isDefault
        ? vscode.l10n.t('{0} = {1} (default in line {2})', `\`${name}\``, String(value), line)
        : vscode.l10n.t('{0} = {1} (line {2})', `\`${name}\``, String(value), line),
    );
    notes.push(vscode.l10n.t('Read from this file: {0}.', listed(list)));
  }
  if (unread.length > 0)
    notes.push(
      vscode.l10n.t('Not a literal in this file, so not known here: {0}.', listed(unread.map((name) => `\`${name}\``))),
    );
  if (more) notes.push(vscode.l10n.t('More arguments come by `*` or `**`, and may change this.'));
  return notes.map((note) => `\n\n${note}`).join('');
}
