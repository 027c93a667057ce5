import type * as vscode from 'vscode';

/** Languages of files that hold pairs of texts; plain text, too, may be one of two line-aligned files. */
const DATA_LANGUAGES = ['csv', 'tsv', 'json', 'jsonc', 'jsonl', 'po', 'xliff', 'plaintext'];

/** The same files by name, where another extension or the person gives them another language. */
const DATA_FILES = '**/*.{csv,tsv,tab,json,jsonl,ndjson,arb,po,pot,xlf,xliff}';

/** Languages in which code, configurations and notes speak of attention, besides those of data files. */
const CODE_LANGUAGES = [
  'python',
  'markdown',
  'mdx',
  'quarto',
  'rmd',
  'restructuredtext',
  'asciidoc',
  'typst',
  'latex',
  'tex',
];

const ofLanguages = (languages: readonly string[]) =>
  languages.map((language): vscode.DocumentFilter => ({ language }));

/** Documents that may hold pairs of texts. */
export const DATA_DOCUMENTS: readonly vscode.DocumentFilter[] = [
  ...ofLanguages(DATA_LANGUAGES),
  { pattern: DATA_FILES },
];

/** Documents that may speak of attention. */
export const CODE_DOCUMENTS: readonly vscode.DocumentFilter[] = [...ofLanguages(CODE_LANGUAGES), ...DATA_DOCUMENTS];
