import * as vscode from 'vscode';
import { TimeSlicer } from '../../base/scheduling.ts';
import { dataKind, formatFor } from '../../pair/data/format-detection.ts';
import { localisationFormat } from '../../pair/data/json-format.ts';
import { alignedFormat } from '../../pair/data/line-format.ts';
import { sumLines } from '../host/document-text.ts';
import type { FileChoice } from './chosen-columns.ts';
import { DataFile, type FileForm } from './data-file.ts';
import { type OtherFile, otherFiles } from './sibling-files.ts';

/**
 * A document as a file of pairs.
 * @param sampleOf its beginning, asked for where the name alone doesn't say enough
 * @param earlier what it was until now, which stays where nothing is different
 * @returns undefined when it is none
 */
export async function detectFormat(
  document: vscode.TextDocument,
  choice: FileChoice | undefined,
  sampleOf: () => string,
  earlier: DataFile | undefined,
): Promise<DataFile | undefined> {
  const form = await formOf(document.uri, choice, sampleOf);
  if (!form) return undefined;
  const slices = new TimeSlicer();
  // Recognising takes some, too.
  await slices.rest();
  await sumLines(document, slices);
  return earlier && sameForm(earlier.form, form) ? earlier : new DataFile(document, form);
}

async function formOf(
  uri: vscode.Uri,
  choice: FileChoice | undefined,
  sampleOf: () => string,
): Promise<FileForm | undefined> {
  if (choice && 'data' in choice) return formatFor(choice.data.kind, sampleOf(), choice.data);
  const found = await otherFiles(uri);
  const others = choice ? [chosenFile(uri, choice.other), ...found] : found;
  if (others.length > 0) {
    const { kind } = others[0];
    return { kind, format: kind === 'aligned' ? alignedFormat : localisationFormat, others };
  }
  const sample = sampleOf();
  const kind = dataKind(uri.path, sample);
  return kind && formatFor(kind, sample);
}

function chosenFile(
  here: vscode.Uri,
  { uri, kind, sourceHere }: Omit<OtherFile, 'uri' | 'here' | 'there'> & { uri: string },
): OtherFile {
  const there = vscode.Uri.parse(uri);
  return { uri: there, kind, sourceHere, here: nameOf(here), there: nameOf(there) };
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function sameForm(one: FileForm, other: FileForm): boolean {
  const key = (form: FileForm) =>
    JSON.stringify([form.kind, form.format !== undefined, 'others' in form ? form.others : [form.columns, form.paths]]);
  return key(one) === key(other);
}
