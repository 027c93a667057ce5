import * as vscode from 'vscode';
import type { ExplorerError } from '../contract/error.ts';
import { translateMessage } from './translate-message.ts';

/** The error in the person's language; without a translation the English text stands as it is. */
export function errorText({ message, params }: ExplorerError): string {
  return translateMessage(message, params, vscode.l10n.bundle ?? {});
}
