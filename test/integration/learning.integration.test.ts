import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { LESSONS, WalkthroughProgress } from '../../src/editor/learning/walkthrough-steps.ts';
import { EXTENSION_ID } from '../extension-id.ts';
import { next } from './wait.ts';
import { active, CHINESE, command, ENGLISH, extension, hoverAt, open, readable } from './workbench.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

suite('learning', () => {
  test('hovers explain calls in Python with the numbers that stand there', async () => {
    const source = `d_model = 512
attention = nn.MultiheadAttention(d_model, 8, batch_first=True)
layer = keras.layers.MultiHeadAttention(num_heads=2, key_dim=8)
out = F.scaled_dot_product_attention(torch.randn(2, 4, 16, 32), k, v)
`;
    const editor = await shown('py', source);
    const torch = await hoverAt(editor, 'MultiheadAttention');
    assert.match(torch, /Multi-head attention\*\* · PyTorch/);
    assert.match(torch, /\*\*1,050,624\*\* parameters \(4\.0 MiB\)/);
    assert.match(torch, /512 \/ 8 = 64/);
    assert.match(torch, /query N × T × 512/);
    assert.match(torch, /T = S = 512/);
    // (T + 2·S)·D² + 2·T·S·D + T·D² at 512.
    assert.match(torch, /805,306,368/);
    assert.match(torch, /`d_model` = 512 \(line 1\)/);
    assert.match(torch, /command:attentionExplorer\.getStarted/);
    assert.match(await hoverAt(editor, 'MultiHeadAttention'), /it then learns 65·D \+ 48 parameters/);
    assert.match(await hoverAt(editor, 'scaled_dot'), /learns nothing[\s\S]*does not make of literal sizes/);
    assert.equal(await hoverAt(editor, 'attention ='), '');
  });

  test('hovers explain the formula in Markdown, TeX and plain text', async () => {
    const tex = String.raw`\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{64}}\right)V`;
    const markdown = await hoverAt(await shown('md', `# Attention\n\n$$${tex}$$\n`), 'frac');
    assert.match(markdown, /Scaled dot-product attention/);
    assert.match(markdown, /÷ √64 = 8/);
    const plain = await hoverAt(await open('It is softmax(QKᵀ/√dₖ)·V, they say.'), 'QK');
    assert.match(plain, /33,554,432 multiply-adds/);
    assert.equal(await hoverAt(await open('softmax of the logits'), 'softmax'), '');
  });

  test('hovers explain the fields of a config.json', async () => {
    const { extensionUri } = vscode.extensions.getExtension(EXTENSION_ID)!;
    const uri = vscode.Uri.joinPath(extensionUri, 'models/en-zh/config.json');
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    const heads = readable(await hoverAt(editor, 'decoder_attention_heads'));
    assert.match(heads, /decoder_attention_heads\*\* = 6/);
    assert.match(heads, /dₖ = 32 numbers/);
    // 4·192² + 4·192 a layer, three layers of three kinds.
    assert.match(heads, /3 × 148,224/);
    assert.match(heads, /1,334,016 parameters in all/);
    assert.equal(await hoverAt(editor, '"dropout"'), '');
  });

  test('one setting turns hovers on code off, and leaves those on words', async () => {
    const editor = await shown('py', 'nn.MultiheadAttention(64, 2)');
    const section = vscode.workspace.getConfiguration('attentionExplorer');
    const set = async (value: boolean | undefined) => {
      const told = next(vscode.workspace.onDidChangeConfiguration, (event) =>
        event.affectsConfiguration('attentionExplorer.codeHovers'),
      );
      await section.update('codeHovers', value, vscode.ConfigurationTarget.Global);
      await told;
    };
    await set(false);
    try {
      assert.equal(await hoverAt(editor, 'Multihead'), '');
      const pair = await open(`${ENGLISH}\t${CHINESE}`);
      await command('exploreLine');
      assert.notEqual(await hoverAt(pair, 'cream'), '');
    } finally {
      await set(undefined);
    }
    await vscode.window.showTextDocument(editor.document);
    assert.notEqual(await hoverAt(editor, 'Multihead'), '');
  });

  test('one language has hovers on code off, and the others keep them', async () => {
    const formula = 'softmax(Q K^T / sqrt(d_k)) V';
    const section = vscode.workspace.getConfiguration('attentionExplorer', { languageId: 'markdown' });
    await section.update('codeHovers', false, vscode.ConfigurationTarget.Global, true);
    try {
      assert.equal(await hoverAt(await shown('md', formula), 'softmax'), '');
      assert.notEqual(await hoverAt(await shown('txt', formula), 'softmax'), '');
    } finally {
      await section.update('codeHovers', undefined, vscode.ConfigurationTarget.Global, true);
    }
    assert.notEqual(await hoverAt(await shown('md', formula), 'softmax'), '');
  });

  test('a file of many megabytes gets hovers, too, without names looked up', async () => {
    const filler = '# nothing of interest on this line of a very long file\n'.repeat(40_000);
    const editor = await shown(
      'python',
      `width = 64\n${filler}nn.MultiheadAttention(64, 2)\nnn.MultiheadAttention(width, 4)\n`,
    );
    assert.match(await hoverAt(editor, 'nn.MultiheadAttention(64'), /16,640/);
    assert.doesNotMatch(await hoverAt(editor, 'nn.MultiheadAttention(width'), /16,640/);
  });

  test('every step of the walkthrough has a picture, a text, and buttons that do something', async () => {
    const { packageJSON, extensionPath } = vscode.extensions.getExtension(EXTENSION_ID)!;
    const [walkthrough] = packageJSON.contributes.walkthroughs as { id: string; steps: readonly Step[] }[];
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      walkthrough.steps.map(({ id }) => id),
      [...LESSONS],
    );
    for (const { title, description, media, completionEvents } of walkthrough.steps) {
      assert.doesNotMatch(`${title}${description}${media.altText}`, /%walkthrough/);
      assert.ok(existsSync(path.join(extensionPath, media.svg)), media.svg);
      assert.ok(media.altText.length > 40, 'the picture in words');
      const links = [...description.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id);
      assert.ok(links.length > 0, title);
      for (const link of links) assert.ok(registered.has(link), link);
      assert.match(completionEvents.join(), /^onContext:attentionExplorer\.did[A-Z]/);
    }
  });

  test('Get Started opens the walkthrough', async () => {
    await command('getStarted');
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab);
    assert.equal(tab.input, undefined);
  });

  test('the buttons explore the example by themselves, and go where they say', async () => {
    const { learned, explorations, comparisons } = await extension();
    const { controller } = await active();
    assert.equal(explorations.active, undefined);
    await command('learn', 'match');
    assert.equal(controller.run?.source, ENGLISH);
    assert.equal(controller.run?.target, CHINESE);
    assert.equal(controller.view?.step?.token.text, '冰');
    assert.equal(controller.state?.phase, 'match');
    await command('learn', 'query');
    assert.equal(controller.state?.phase, 'query');
    await command('learn', 'complexity');
    assert.equal(explorations.all.length, 1);
    // Phases belong to one head: an average gives way.
    await controller.act({ type: 'setHead', head: 'mean' });
    await command('learn', 'combine');
    assert.equal(controller.state?.phase, 'combine');
    assert.notEqual(controller.state?.head, 'mean');
    const before = comparisons.all.length;
    await command('learn', 'cross');
    assert.equal(comparisons.all.length, before + 1);
    for (const lesson of LESSONS) assert.ok(learned.has(lesson), lesson);
    await command('learn', 'nonsense');
    // A document that was never saved would be asked about when it is closed.
    const example = vscode.workspace.textDocuments.find(({ isUntitled }) => isUntitled);
    assert.ok(example);
    await vscode.window.showTextDocument(example);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('a step is done once it was really done: not by opening, but by going there in any way', async () => {
    const { explorations, comparisons } = await extension();
    const learned = new WalkthroughProgress(explorations, comparisons);
    try {
      const editor = await open(`${ENGLISH}\t${CHINESE}`);
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      assert.ok(!learned.has('pair'));
      await command('exploreLine');
      assert.ok(learned.has('pair'));
      assert.ok(!learned.has('match'), 'the phase that it opens in');
      await command('nextPhase');
      assert.ok(learned.has('combine'));
      await command('goToMatch');
      assert.ok(learned.has('match'));
      assert.ok(!learned.has('query') && !learned.has('cross') && !learned.has('complexity'));
      await command('compareWithSelf');
      assert.ok(learned.has('cross'));
    } finally {
      learned.dispose();
    }
  });
});

const shown = (ending: string, content: string) => open(content, vscode.ViewColumn.One, ending);
