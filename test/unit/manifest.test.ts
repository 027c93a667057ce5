import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { CODE_DOCUMENTS, DATA_DOCUMENTS } from '../../src/editor/host/document-selectors.ts';
import { dataKind } from '../../src/pair/data/format-detection.ts';

const root = path.resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const { contributes, activationEvents } = manifest;

/** Languages that have nothing to do with attention; JSON with comments is TypeScript's `tsconfig.json`. */
const OTHERS = [
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'html',
  'css',
  'go',
  'csharp',
  'yaml',
];

const languagesOf = (filters: typeof DATA_DOCUMENTS) => filters.flatMap(({ language }) => language ?? []);
const patternsOf = (filters: typeof DATA_DOCUMENTS) => filters.flatMap(({ pattern }) => pattern ?? []);

describe('what the extension is loaded for', () => {
  const onLanguage: string[] = activationEvents
    .filter((event: string) => event.startsWith('onLanguage:'))
    .map((event: string) => event.slice('onLanguage:'.length));

  it('is no language of a TypeScript project, and nothing that every window has', () => {
    for (const language of [...OTHERS, 'jsonc', 'plaintext', 'xml']) expect(onLanguage).not.toContain(language);
    expect(activationEvents).not.toContain('*');
    expect(activationEvents).not.toContain('onStartupFinished');
    // VS Code 1.112 makes a text model of `chatLanguageModels.json` in every window.
    expect(onLanguage).not.toContain('json');
  });

  it('is each language that only files of ours have, and every one of them has hovers', () => {
    const own = contributes.languages.map(({ id }: { id: string }) => id);
    expect(own).toEqual(['csv', 'tsv', 'po', 'xliff']);
    for (const language of own) expect(onLanguage).toContain(language);
    for (const language of onLanguage) expect(languagesOf(CODE_DOCUMENTS)).toContain(language);
  });

  it('is each kind of data file by its language, but for JSON and files of one language each', () => {
    const builtIn = ['.json', '.jsonl', '.ndjson', '.arb'];
    const extensions = contributes.languages.flatMap((one: { extensions: string[] }) => one.extensions);
    const [pattern] = patternsOf(DATA_DOCUMENTS) as string[];
    const endings = /^\*\*\/\*\.\{(.*)\}$/.exec(pattern)?.[1].split(',') ?? [];
    expect(endings.map((ending) => `.${ending}`).sort()).toEqual([...builtIn, ...extensions].sort());
    // The files of localisation in ARB are known by a language in their name.
    expect(endings.filter((ending) => !dataKind(`a.${ending}`, ''))).toEqual(['arb']);
  });
});

describe('lenses and hovers', () => {
  it('are asked for in no file of another language', () => {
    for (const filters of [DATA_DOCUMENTS, CODE_DOCUMENTS]) {
      for (const filter of filters) expect(filter.language ?? filter.pattern).toBeTruthy();
      for (const language of OTHERS) expect(languagesOf(filters)).not.toContain(language);
      expect(patternsOf(filters)).toHaveLength(1);
    }
  });
});

describe('keys', () => {
  const keybindings: { command: string; when?: string }[] = contributes.keybindings;
  test.each(keybindings)('$command has a condition, and does nothing in a terminal', ({ when }) => {
    // `a || b && !terminalFocus` would hold in a terminal: what is before stands in brackets.
    expect(when).toMatch(/^(\(.+\)|[^|]+) && !terminalFocus$/);
  });
});

describe('menus', () => {
  const { menus } = contributes;
  it('the submenu of an editor stands by language or selection', () => {
    const [{ when }] = menus['editor/context'];
    expect(when).toMatch(/^editorTextFocus && \(editorHasSelection \|\| editorLangId =~/);
  });

  it('a folder is offered as a model where it holds a config.json, and that file', () => {
    const offered = menus['explorer/context'].filter(
      ({ command }: { command: string }) => command === 'attentionExplorer.useAsModel',
    );
    expect(offered.map(({ when }: { when: string }) => when)).toEqual([
      'explorerResourceIsFolder && isWorkspaceTrusted && resource in attentionExplorer.modelFolders',
      "resourceFilename == 'config.json' && isWorkspaceTrusted && !explorerResourceIsFolder",
    ]);
  });
});

describe('settings', () => {
  const groups: { title: string; properties: Record<string, { scope?: string; order: number }> }[] =
    contributes.configuration;

  it('stand in groups with titles, in order', () => {
    expect(groups.map(({ title }) => title)).toEqual(
      ['settings.model', 'settings.explorations', 'settings.editor'].map((key) => `%${key}%`),
    );
    for (const { properties } of groups) {
      expect(Object.values(properties).map(({ order }) => order)).toEqual(Object.keys(properties).map((_, i) => i + 1));
    }
  });

  it('have the names that they always had', () => {
    expect(groups.flatMap(({ properties }) => Object.keys(properties)).sort()).toEqual(
      [
        'beams',
        'codeHovers',
        'codeLens',
        'colorMap',
        'decorations',
        'defaultKind',
        'hovers',
        'modelFolder',
        'panels',
        'specialTokens',
        'threads',
        'tokenLimit',
        'unit',
      ].map((name) => `attentionExplorer.${name}`),
    );
  });

  it('those for lenses and for hovers on code can be set for one language', () => {
    const { properties } = groups[2];
    for (const name of ['codeLens', 'codeHovers']) {
      expect(properties[`attentionExplorer.${name}`].scope).toBe('language-overridable');
    }
  });
});
