import { describe, expect, it } from 'vitest';
import { extract } from '../../../scripts/l10n/extract.mjs';
import { parse } from '../../../scripts/l10n/syntax.mjs';

const keysOf = (...texts: string[]) => [...extract(texts.map((text, i) => parse(`src/f${i}.ts`, text))).texts.keys()];
const ERROR = "import { ExplorerError } from './explorer-error.ts';\n";

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

  it('what is given to a function that translates it, in other files too', () => {
    const home = 'export function sentence(english: string) { return t(english); }';
    const other = "import { sentence } from './f0.ts';\nsentence('From far away');";
    expect(keysOf(home, other)).toEqual(['From far away']);
    expect(keysOf(home, "function sentence() {}\nsentence('Of another name');")).toEqual([]);
  });

  it('names what can have no key', () => {
    const { dynamic, texts } = extract([
      parse('src/a.ts', `const TABLE = { a: 'b' };\nt(TABLE[key]);\nt('Layer ' + n);`),
    ]);
    expect(dynamic).toEqual(['src/a.ts:2 TABLE[key]', 'src/a.ts:3 n']);
    expect([...texts.keys()]).toEqual([]);
  });

  it('messages of errors, with the names of their params', () => {
    const code = `${ERROR}throw new ExplorerError('text-too-long', \`The \${what} has \${tokens.length} tokens\${all ? '' : ' or more'}.\`, { side: what, tokens: tokens.length });`;
    expect(keysOf(code)).toEqual([
      'The {side} has {tokens} tokens.',
      'The {side} has {tokens} tokens or more.',
      'source',
      'target',
    ]);
  });

  it('reasons, wherever the function that makes the error is called', () => {
    const home = `${ERROR}export function damaged(file: string, reason: string) {
      return new ExplorerError('model-file', \`\${file} is damaged: \${reason}. Download it again.\`, { file, reason }); }
    const inner = (name: string, why: string) => damaged(name, why);
    throw inner('model.bin', \`it has \${bytes} bytes of \${total}\`);`;
    const other = "import { damaged } from './f0.ts';\nthrow damaged('y.bin', 'its header is not JSON');";
    expect(keysOf(home, other).sort()).toEqual([
      'it has {a} bytes of {b}',
      'its header is not JSON',
      '{file} is damaged: {reason}. Download it again.',
    ]);
  });
});
