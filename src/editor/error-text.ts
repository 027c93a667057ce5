import * as vscode from 'vscode';
import type { ExplorerError } from '../protocol/explorer-error.ts';
import { errorTemplate } from './error-template.ts';

/** The error in the person's language; without a translation the English text stands as it is. */
export function errorText(error: ExplorerError): string {
  const { template, params } = errorTemplate(error);
  return vscode.l10n.t(template, params);
}
