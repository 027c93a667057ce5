import { describe, expect, it } from 'vitest';
import { extract } from '../../../scripts/l10n/extract.mjs';
import { parse } from '../../../scripts/l10n/syntax.mjs';

const keysOf = (...texts: string[]) => [...extract(texts.map((text, i) => parse(`src/f${i}.ts`, text))).texts.keys()];

describe('what is found', () => {
  it('literals of both functions, in every form', () => {
    const code = `
      vscode.l10n.t('plain'); vscode.l10n.t({ message: 'object', args: [1] }); t('{0} window', x); l10n.t(\`tick\`);
      t(many ? 'ones' : 'one'); t('long ' + 'sentence'); t('·');`;
    expect(keysOf(code)).toEqual(['plain', 'object', '{0} window', 'tick', 'ones', 'one', 'long sentence']);
  });

  it('a comment of the object form is part of its key, as in VS Code', () => {
    expect(keysOf("vscode.l10n.t({ message: 'Open', comment: ['the group', ', not the verb'] });")).toEqual([
      'Open/the group, not the verb',
    ]);
  });

  it('sentences of the window with tokens in them, and not what their function passes on', () => {
    const home = 'export function sentence(english: string) { return t(english); }';
    const other = "import { sentence } from './l10n.ts';\nsentence('From far away', word);";
    expect(keysOf(other)).toEqual(['From far away']);
    expect(extract([parse('src/f0.ts', home)]).dynamic).toEqual(['src/f0.ts:1 english']);
    expect(extract([parse('webview/base/l10n.ts', home)]).dynamic).toEqual([]);
  });

  it('names what can have no key', () => {
    const { dynamic, texts } = extract([
      parse('src/a.ts', `const TABLE = { a: 'b' };\nt(TABLE[key]);\nt('Layer ' + n);`),
    ]);
    expect(dynamic).toEqual(['src/a.ts:2 TABLE[key]', 'src/a.ts:3 n']);
    expect([...texts.keys()]).toEqual([]);
  });

  it('messages of errors, with their values by name', () => {
    const code = `throw new ExplorerError('text-too-long', \`The {side} has {tokens} tokens\${all ? '' : ' or more'}.\`, {
      side: what === 'source' ? message('source') : message('target'), tokens: tokens.length });`;
    expect(keysOf(code)).toEqual([
      'The {side} has {tokens} tokens.',
      'The {side} has {tokens} tokens or more.',
      'source',
      'target',
    ]);
  });

  it('reasons where they are made, and not again where they are passed on', () => {
    const home = `export function damaged(file: string, reason: Message) {
      return new ExplorerError('model-file', '{file} is damaged: {reason}. Download it again.', { file, reason }); }
    throw damaged('model.bin', message('it has {bytes} bytes of {total}', { bytes, total }));
    throw new ExplorerError(wire.code, wire.template, wire.params);`;
    const other = "throw new Problem('its header is not JSON');";
    const { texts, dynamic } = extract([parse('src/f0.ts', home), parse('src/f1.ts', other)]);
    expect([...texts.keys()].sort()).toEqual([
      'it has {bytes} bytes of {total}',
      'its header is not JSON',
      '{file} is damaged: {reason}. Download it again.',
    ]);
    expect(dynamic).toEqual([]);
  });

  it('names errors whose text is no literal', () => {
    const { dynamic } = extract([parse('src/a.ts', "throw new ExplorerError('model-file', file + ' is damaged.');")]);
    expect(dynamic).toEqual(['src/a.ts:1 file']);
  });
});
