import * as vscode from 'vscode';
import type { ExplorerError } from '../protocol/explorer-error.ts';

/**
 * The error in the person's language. The key of the translation is its English text with the values of `params` put
 * back to placeholders: “The {side} has {tokens} tokens …”. Without a translation the English text stands as it is.
 */
export function errorText(error: ExplorerError): string {
  const { template, params } = errorTemplate(error);
  return vscode.l10n.t(template, params);
}

/** The English text with names in place of values; the longest values first, so that none is cut by another. */
export function errorTemplate({ message, params }: Pick<ExplorerError, 'message' | 'params'>) {
  const values = Object.entries(params)
    .filter(([, value]) => String(value) !== '')
    .sort(([, a], [, b]) => String(b).length - String(a).length);
  const used: Record<string, string | number> = {};
  let template = message;
  for (const [name, value] of values) {
    // What already is a placeholder is left alone.
    const parts = template.split(/(\{\w+\})/);
    const next = parts.map((part, i) => (i % 2 ? part : part.split(String(value)).join(`{${name}}`))).join('');
    if (next !== template) used[name] = value;
    template = next;
  }
  return { template, params: used };
}
