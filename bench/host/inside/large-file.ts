import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { LARGE_FILES, manyPairs } from '../../../test/integration/large-files.ts';

const written = new Map<string, string>();

/** Writes one of the files of 100,000 pairs, once. */
export function writeLarge(name: string): string {
  const known = written.get(name);
  if (known) return known;
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'attention-large-')), name);
  writeFileSync(file, LARGE_FILES[name](manyPairs()));
  written.set(name, file);
  return file;
}

export async function openLarge(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(writeLarge(name)));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}
