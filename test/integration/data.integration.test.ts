import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import type { Question } from '../../src/editor/data-files/column-picker.ts';
import { LARGE_FILES, manyPairs } from './large-files.ts';
import { next } from './wait.ts';
import { active, command, extension, note, readable } from './workbench.ts';

const SOURCE = 'I don’t like ice & snow.';
const TARGET = '我不喜欢“冰”和雪。';

/** The same pair, as each kind of file writes it. */
const FILES: Readonly<Record<string, string>> = {
  'pair.tsv': `one line\t一行\n${SOURCE}\t${TARGET}\n`,
  'pair.csv': `en,zh\n"a, b","甲"\n"${SOURCE}","${TARGET}"\n`,
  'pair.jsonl': `{"src": "x y", "tgt": "甲"}\n{"translation": {"en": "I don\\u2019t like ice & snow.", "zh": "${TARGET}"}}\n`,
  'pair.json': `[\n  {\n    "source": "I don\\u2019t like ice \\u0026 snow.",\n    "target": "${TARGET}"\n  }\n]\n`,
  'pair.po': `msgid ""\nmsgstr "Language: zh\\n"\n\nmsgid ""\n"I don\\342\\200\\231t like "\n"ice & snow."\nmsgstr "${TARGET}"\n`,
  'pair.xlf': `<xliff version="1.2"><file><body>\n<trans-unit id="1">\n<source>I don&#x2019;t <g id="1">like</g> ice &amp; snow.</source>\n<target>${TARGET}</target>\n</trans-unit></body></file></xliff>\n`,
  'pair.xliff': `<xliff version="2.0"><file id="f"><unit id="1"><segment>\n<source>I don&#8217;t like ice &amp; snow.</source>\n<target>${TARGET}</target>\n</segment></unit></file></xliff>\n`,
};

suite('data files', () => {
  for (const [name, content] of Object.entries(FILES)) {
    test(`a lens above the pair of ${name} explores it, decoded, and its words are found as they are written`, async () => {
      const { controller } = await active();
      const editor = await openFile(name, content);
      const lenses = await pairLenses(editor);
      const lens = lenses.at(-1);
      assert.ok(lens?.command, `${lenses.length} lenses`);
      const runId = await click(lens);
      assert.ok(runId);
      assert.equal(controller.run?.source, SOURCE);
      assert.equal(controller.run?.target, TARGET);
      const { source } = controller.pair ?? {};
      assert.ok(source);
      const { document } = editor;
      const written = (word: string) => {
        const at = SOURCE.indexOf(word);
        return source.anchor
          .locateParts(at, at + word.length)
          .map(({ start, end }) => document.getText().slice(start, end));
      };
      const [dont, ampersand] = [written('don’t'), written('&')];
      assert.ok(content.includes(dont.join('')) && /^don.*t$/.test(dont.join('')), dont.join('|'));
      assert.match(ampersand.join(''), /^(&|&amp;|\\u0026)$/);
      assert.deepEqual(written('like'), ['like']);
      const [hover] = await hoversAt(document, document.getText().indexOf(dont.join('')) + 1);
      assert.ok(hover?.range);
      assert.ok(document.getText(hover.range).includes(dont[0]), document.getText(hover.range));
      assert.match(readable(textOf(hover)), /is attended to by/);
      // The lens stands on a line of its pair.
      const line = lens.range.start.line;
      assert.ok(Math.abs(line - document.positionAt(source.anchor.start).line) <= 2, `line ${line}`);
    });
  }

  test('the examples all have lenses, and every one of them explores', async () => {
    const { controller } = await active();
    const expected = { 'sentences.csv': 5, 'records.jsonl': 6, 'records.json': 3, 'messages.po': 5, 'messages.xlf': 4 };
    const all = {
      ...expected,
      'pairs.tsv': 21,
      'train.en': 6,
      'train.zh': 6,
      'locales/en.json': 6,
      'locales/zh-CN.json': 6,
    };
    for (const [name, count] of Object.entries(all)) {
      const editor = await openExample(name);
      const lenses = await pairLenses(editor);
      assert.equal(lenses.length, count, name);
      assert.ok(await click(lenses[0]), name);
      assert.ok(controller.run?.source && controller.pair, name);
      const { source, target } = controller.pair;
      for (const text of [source, target]) {
        if (!text) continue;
        const document = await vscode.workspace.openTextDocument(text.uri);
        assert.ok(document.getText().startsWith(text.anchor.written, text.anchor.start), name);
      }
    }
  });

  test('a pair of two files: the same line, the same key, from either file', async () => {
    const { controller } = await active();
    for (const [one, other, line, source, target] of [
      ['train.en', 'train.zh', 1, 'I forgot to bring my umbrella.', '我忘了带伞。'],
      [
        'locales/en.json',
        'locales/zh-CN.json',
        5,
        'Changes don’t take effect until you restart.',
        '更改在重新启动后才会生效。',
      ],
    ] as const) {
      for (const name of [one, other]) {
        const lens = (await pairLenses(await openExample(name))).find(({ range }) => range.start.line === line);
        assert.ok(lens?.command);
        assert.match(lens.command.title, /en → zh/);
        assert.ok(await click(lens));
        assert.equal(controller.run?.source, source);
        assert.equal(controller.run?.target, target);
        assert.ok(controller.pair?.source.uri.path.endsWith(one));
        assert.ok(controller.pair?.target?.uri.path.endsWith(other));
      }
    }
  });

  test('the line under the cursor is read as its file writes it', async () => {
    const { controller } = await active();
    for (const [name, content] of Object.entries(FILES)) {
      const editor = await openFile(name, content);
      const at = editor.document.positionAt(content.indexOf('like'));
      editor.selection = new vscode.Selection(at, at);
      await command('exploreLine');
      assert.equal(controller.run?.source, SOURCE, name);
      assert.equal(controller.run?.target, TARGET, name);
    }
  });

  test('an edit of an escape makes the exploration old, undo makes it new, and running again reads it anew', async () => {
    const { controller } = await active();
    const editor = await openFile('edited.jsonl', FILES['pair.jsonl']);
    await click((await pairLenses(editor)).at(-1));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '{"src": "first line", "tgt": "第一行"}\n'));
    assert.equal(controller.panelState.stale, false);
    const at = editor.document.positionAt(editor.document.getText().indexOf('u2019') + 4);
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 1)), '8'));
    assert.equal(controller.panelState.stale, true);
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('undo');
    assert.equal(controller.panelState.stale, false);
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 1)), '8'));
    await command('runAgain');
    assert.equal(controller.run?.source, SOURCE.replace('’', '‘'));
    assert.equal(controller.panelState.stale, false);
  });

  test('an exploration of an escaped text comes back where the text has moved to', async () => {
    const { explorations } = await extension();
    const editor = await openFile('moved.jsonl', FILES['pair.jsonl']);
    await click((await pairLenses(editor)).at(-1));
    const { id } = explorations.active ?? {};
    assert.ok(id);
    explorations.close(id);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '{"src": "first line", "tgt": "第一行"}\n'));
    await explorations.reopen(id);
    const { pair, run, panelState } = explorations.active?.controller ?? {};
    assert.equal(run?.source, SOURCE);
    assert.equal(pair?.source.anchor.start, editor.document.getText().indexOf('I don'));
    assert.equal(panelState?.stale, false);
  });

  test('a lens clicked after lines were put in above finds its pair', async () => {
    const { controller } = await active();
    const editor = await openFile('late.tsv', FILES['pair.tsv']);
    const lens = (await pairLenses(editor)).at(-1);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'another line\t另一行\n'.repeat(3)));
    assert.ok(await click(lens));
    assert.equal(controller.run?.source, SOURCE);
  });

  test('broken files, and files that are none, have no lens and say nothing', async () => {
    for (const [name, content] of [
      ['broken.json', '{"source": "a text", "target": "一段文字"'],
      ['broken.jsonl', '{"src": "a text", "tgt": \n{"src"}\n'],
      ['broken.po', 'msgid "a text\nmsgstr "一段文字"\n'],
      ['broken.xlf', '<xliff><trans-unit><source>a text</target></trans-unit>'],
      ['broken.csv', 'en,zh\n"a text"x,一段文字\n'],
      ['package.json', '{"name": "x", "source": "src/a.ts", "target": "es2022"}'],
      ['notes.txt', 'a text\tanother text\n'],
      ['Parser.cs', 'class A {}'],
      ['alone.en', 'a text\n'],
      ['numbers.tsv', '1\t2\n3\t4\n'],
    ]) {
      assert.deepEqual(await pairLenses(await openFile(name, content)), [], name);
    }
  });

  test('the setting takes the lenses away', async () => {
    const editor = await openFile('setting.tsv', FILES['pair.tsv']);
    assert.equal((await pairLenses(editor)).length, 2);
    const section = vscode.workspace.getConfiguration('attentionExplorer');
    await section.update('codeLens', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await pairLenses(editor), []);
    } finally {
      await section.update('codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
    assert.equal((await pairLenses(editor)).length, 2);
  });

  test('one language has the setting off, and the others keep their lenses', async () => {
    const rows = await openFile('language.tsv', FILES['pair.tsv']);
    const records = await openFile('language.jsonl', FILES['pair.jsonl']);
    const section = vscode.workspace.getConfiguration('attentionExplorer', { languageId: 'tsv' });
    await section.update('codeLens', false, vscode.ConfigurationTarget.Global, true);
    try {
      assert.deepEqual(await pairLenses(rows), []);
      assert.equal((await pairLenses(records)).length, 2);
    } finally {
      await section.update('codeLens', undefined, vscode.ConfigurationTarget.Global, true);
    }
    assert.equal((await pairLenses(rows)).length, 2);
  });

  test('the other file of a pair has lenses although its name is one of code', async () => {
    const english = await openFile('news.en', 'The sea is calm.\n');
    const czech = path.join(path.dirname(english.document.uri.fsPath), 'news.cs');
    writeFileSync(czech, 'Moře je klidné.\n');
    assert.equal((await pairLenses(english)).length, 1);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(czech));
    assert.equal(document.languageId, 'csharp');
    assert.equal((await pairLenses(await vscode.window.showTextDocument(document))).length, 1);
  });

  test('columns that are not recognised are chosen, and remembered for the file', async () => {
    const { controller } = await active();
    const row = 'one text here\tanother text here\ta third text here\n';
    const editor = await openFile('three.tsv', row.repeat(3));
    const [choose] = await allLenses(editor);
    assert.match(choose?.command?.title ?? '', /Choose columns…/);
    assert.deepEqual(await pairLenses(editor), []);
    const { dataPairs } = await extension();
    await dataPairs.choose(editor.document.uri, answers(/Column 3/, /Column 2/));
    const lenses = await pairLenses(editor);
    assert.equal(lenses.length, 3);
    await click(lenses[0]);
    assert.equal(controller.run?.source, 'a third text here');
    assert.equal(controller.run?.target, 'another text here');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const again = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(editor.document.uri));
    assert.equal((await pairLenses(again)).length, 3);
    assert.match((await allLenses(again))[0].command?.title ?? '', /Columns: 3 → 2/);
    await dataPairs.choose(again.document.uri, answers(/Recognise the file again/));
    assert.deepEqual(await pairLenses(again), []);
    // A file of an unknown kind, and one whose other texts stand anywhere.
    const notes = await openFile('notes.txt', 'a text;one|eins\n');
    await dataPairs.choose(notes.document.uri, answers(/commas or semicolons/, /Column 1/, /None/));
    await click((await pairLenses(notes))[0]);
    assert.equal(controller.run?.source, 'a text');
    assert.equal(controller.run?.generated, true);
    const verses = await openFile('verses.txt', 'The sea is calm tonight.\n');
    writeFileSync(path.join(path.dirname(verses.document.uri.fsPath), 'gedicht.txt'), '今晚海很平静。\n');
    await dataPairs.choose(
      verses.document.uri,
      answers(/translation in another file/, /gedicht/, /^verses.txt → gedicht.txt$/),
    );
    await click((await pairLenses(verses))[0]);
    assert.equal(controller.run?.target, '今晚海很平静。');
  });

  for (const [name, write] of Object.entries(LARGE_FILES)) {
    test(`${name} of 100,000 pairs: only what is seen has lenses, and the host is never held up`, async () => {
      const editor = await openFile(name, write(manyPairs()));
      const { document } = editor;
      const { dataPairs } = await extension();
      await pairLenses(editor);
      for (const line of [0, document.lineCount >> 1, document.lineCount - 20]) {
        const scrolled = line > 0 && next(dataPairs.lenses.onDidChangeCodeLenses);
        editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
        const seen = () => editor.visibleRanges.some(({ start, end }) => start.line <= line && line <= end.line);
        if (!seen()) await next(vscode.window.onDidChangeTextEditorVisibleRanges, seen);
        // VS Code is told to ask again.
        await scrolled;
        const held = watchHost();
        const started = performance.now();
        const lenses = await pairLenses(editor);
        note(
          `${name}, line ${line}: ${lenses.length} lenses after ${(performance.now() - started).toFixed(0)} ms, longest stretch ${held().toFixed(0)} ms`,
        );
        assert.ok(lenses.length > 10 && lenses.length < 1000, `${lenses.length} lenses`);
        assert.ok(
          lenses.some(({ range }) => Math.abs(range.start.line - line) < 40),
          'near what is seen',
        );
      }
    });
  }
});

/** Watches how long the extension host has no turn for anything else. @returns the longest so far, in milliseconds; ends it */
function watchHost(): () => number {
  let longest = 0;
  let last = busy();
  let on = true;
  const look = () => {
    const now = busy();
    longest = Math.max(longest, now - last);
    last = now;
    if (on) setImmediate(look);
  };
  setImmediate(look);
  return () => {
    on = false;
    return longest;
  };
}

/** Milliseconds that this thread has computed, where the system tells: others on the machine don't count. */
function busy(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

const scratch = mkdtempSync(path.join(tmpdir(), 'attention-data-'));
let folders = 0;

async function openFile(name: string, content: string): Promise<vscode.TextEditor> {
  const folder = mkdtempSync(path.join(scratch, `${++folders}-`));
  writeFileSync(path.join(folder, name), content);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path.join(folder, name)));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

async function openExample(name: string): Promise<vscode.TextEditor> {
  const root = vscode.workspace.workspaceFolders?.[0].uri;
  assert.ok(root);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, name));
  return vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

async function allLenses({ document }: vscode.TextEditor): Promise<vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
  );
  return lenses.filter(({ command }) => command?.command.startsWith('attentionExplorer.'));
}

async function pairLenses(editor: vscode.TextEditor): Promise<vscode.CodeLens[]> {
  const lenses = await allLenses(editor);
  return lenses.filter(({ command }) => command?.command === 'attentionExplorer.exploreDataPair');
}

async function click(lens: vscode.CodeLens | undefined): Promise<unknown> {
  assert.ok(lens?.command);
  return vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
}

/** Answers one question after the other with the entry whose label fits, of a list that is drawn by another process. */
function answers(...labels: readonly RegExp[]): Question {
  const left = [...labels];
  return async (items, { placeHolder }) => {
    const label = left.shift();
    const item = items.find((one) => label?.test(one.label));
    assert.ok(item, `${placeHolder}: ${label} is not among ${items.map((one) => one.label).join(', ')}`);
    return item;
  };
}

async function hoversAt(document: vscode.TextDocument, offset: number): Promise<vscode.Hover[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(offset),
  );
  return hovers.filter((hover) => textOf(hover).includes('attentionExplorer.'));
}

function textOf({ contents }: vscode.Hover): string {
  return contents.map((content) => (content as vscode.MarkdownString).value).join('\n');
}
