import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kernelsPlugin } from '../../../scripts/kernels/kernels-plugin.mjs';
import { readSafetensors } from '../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats } from '../../../src/model/checkpoint/tensor-values.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MODEL = join(ROOT, 'models/en-zh');
const FIXTURES = join(ROOT, 'test/fixtures/hf');

let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'attend-'));
  bundle = join(folder, 'attend.mjs');
  await build({
    entryPoints: [join(ROOT, 'src/cli/attend.ts')],
    bundle: true,
    plugins: [kernelsPlugin],
    platform: 'node',
    format: 'esm',
    outfile: bundle,
    logLevel: 'error',
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function attend(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], { encoding: 'utf8' });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { status, stderr, lines: lines.map((line) => JSON.parse(line)) };
}

describe('texts', () => {
  const source = 'I like eating ice cream.';
  const target = '我喜欢吃冰淇淋。';

  test('a pair: tokens stand where the text has them; each row of cross-attention sums to 1', () => {
    const { status, lines, stderr } = attend('--model', MODEL, '--source', source, '--target', target, '--attentions');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [line] = lines;
    expect(line).toMatchObject({ source, target, generated: false });
    expect(line.sourceTokens[0]).toMatchObject({ text: '>>cmn<<', start: 0, end: 0 });
    for (const { text, start, end } of line.targetTokens) {
      if (end > start && !text.startsWith('<')) expect(target.slice(start, end)).toBe(text);
    }
    expect(line.cross).toHaveLength(3);
    for (const head of line.cross.flat()) {
      expect(head).toHaveLength(line.targetTokens.length);
      for (const row of head) {
        expect(row).toHaveLength(line.sourceTokens.length);
        expect(Math.abs(row.reduce((a: number, b: number) => a + b) - 1)).toBeLessThan(1e-6);
      }
    }
  });

  test('a source alone: the model writes Chinese; --direction asks for English', () => {
    const [line] = attend('--model', MODEL, '--source', source).lines;
    expect(line.generated).toBe(true);
    expect(line.target).toMatch(/\p{Script=Han}/u);
    expect(line.cross).toBeUndefined();
    const [english] = attend('--model', MODEL, '--source', target, '--direction', '>>eng<<').lines;
    expect(english.target).toMatch(/[a-z]/);
  });

  test('pairs from a file: the one that fails is named by its line, the others still run', () => {
    const file = join(folder, 'pairs.tsv');
    writeFileSync(file, `\uFEFF${source}\t${target}\r\n\r\n \tx\r\n${'word '.repeat(600)}\t我\r\nThank you.\t\r\n`);
    const { status, lines, stderr } = attend('--model', MODEL, '--pairs', file);
    expect(status).toBe(1);
    expect(lines.map(({ source, generated }) => [source, generated])).toEqual([
      [source, false],
      ['Thank you.', true],
    ]);
    expect(stderr).toMatch(/^line 3: .*source/m);
    expect(stderr).toMatch(/^line 4: .*512/m);
  });

  test('a line that is not UTF-8, the same text twice, a first line of column names, a third column', () => {
    const file = join(folder, 'odd.tsv');
    writeFileSync(
      file,
      Buffer.concat([
        Buffer.from(`en\tzh\n${source}\t${target}\tCC-BY\n`),
        Buffer.from([0xff, 0x62, 0x09, 0x63, 0x0a]),
        Buffer.from(`${source}\t ${source}\nnul\0\t我\n`),
      ]),
    );
    const { status, lines, stderr } = attend('--model', MODEL, '--pairs', file);
    expect(status).toBe(1);
    expect(lines.map((line) => [line.source, line.target])).toEqual([
      [source, target],
      ['nul\0', '我'],
    ]);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^line 3: .*odd\.tsv is not UTF-8/),
      expect.stringMatching(/^line 4: .*same text/),
    ]);
  });

  test('each line has the named fields and no others', () => {
    const [line] = attend('--model', MODEL, '--source', source, '--target', target).lines;
    expect(Object.keys(line)).toEqual(['source', 'target', 'generated', 'sourceTokens', 'targetTokens']);
    for (const token of [...line.sourceTokens, ...line.targetTokens]) {
      expect(Object.keys(token)).toEqual(['text', 'start', 'end', 'id']);
    }
  });

  test('a reader that closes early gets no stack trace', () => {
    const file = join(folder, 'many.tsv');
    writeFileSync(file, `${source}\t${target}\n`.repeat(200));
    const command = '"$0" "$@" --attentions | head -c 10';
    const args = ['-c', command, process.execPath, bundle, '--model', MODEL, '--pairs', file];
    expect(spawnSync('bash', args, { encoding: 'utf8' })).toMatchObject({ stdout: '{"source":', stderr: '' });
  });

  test('--output keeps a pair as tensors', () => {
    const file = join(folder, 'pair.safetensors');
    expect(attend('--model', MODEL, '--source', source, '--target', target, '--output', file)).toMatchObject({
      status: 0,
      lines: [],
    });
    const tensors = readSafetensors(readFileSync(file), file);
    const [, targets, vocabulary] = tensors.get('logits')!.shape;
    expect(vocabulary).toBe(8000);
    expect(tensors.get('cross_attentions.2')!.shape.slice(0, 3)).toEqual([1, 6, targets]);
    expect(tensors.get('input_ids')!.dtype).toBe('I64');
  });
});

describe('input tensors', () => {
  const cases = readdirSync(FIXTURES).filter((name) => existsSync(join(FIXTURES, name, 'expected.safetensors')));

  test.each(cases)('%s: everything that transformers gives, under its names', (name) => {
    const output = join(folder, `${name}.safetensors`);
    const inputs = join(FIXTURES, name, 'expected.safetensors');
    expect(attend('--model', join(FIXTURES, name), '--inputs', inputs, '--output', output)).toMatchObject({
      status: 0,
      stderr: '',
    });
    const found = readSafetensors(readFileSync(output), output);
    // Their weights lack biases (RECOVERED.md): shapes can be compared, numbers only where the biases play no part.
    const lacking = existsSync(join(FIXTURES, name, 'recovered.safetensors'));
    for (const [key, tensor] of readSafetensors(readFileSync(inputs), inputs)) {
      if (/input|pixel/.test(key)) continue;
      expect(found.get(key)?.shape, key).toEqual(tensor.shape);
      if (lacking && !key.startsWith('encoder')) continue;
      const expected = decodeFloats(tensor, key);
      const values = decodeFloats(found.get(key)!, key);
      expect(
        expected.every((value, i) => Math.abs(value - values[i]) < 1e-4),
        key,
      ).toBe(true);
    }
  });
});

test.each<[string, string[], RegExp]>([
  ['no model', ['--source', 'x'], /--model is missing[\s\S]*Usage/],
  ['no input', ['--model', MODEL], /Exactly one of/],
  ['two inputs', ['--model', MODEL, '--source', 'x', '--pairs', 'y'], /Exactly one of/],
  ['an unknown option', ['--modle', MODEL], /--modle[\s\S]*Usage/],
  ['a folder that is not there', ['--model', '/nowhere', '--source', 'x'], /no model folder at \/nowhere/],
  ['pairs that are a folder', ['--model', MODEL, '--pairs', ROOT], /not a regular file/],
  [
    'inputs that are not there',
    ['--model', MODEL, '--inputs', '/nowhere.st'],
    /nowhere\.st can't be read: there is no/,
  ],
  [
    'an output that is a folder',
    ['--model', MODEL, '--source', 'x', '--output', ROOT],
    /can't be written: it is a folder/,
  ],
  [
    'an output nowhere',
    ['--model', MODEL, '--source', 'x', '--output', '/no/x'],
    /its folder is not there.*another path/,
  ],
  ['beams that are no number', ['--model', MODEL, '--source', 'x', '--beams', 'x'], /--beams .* found x/],
  ['the same text twice', ['--model', MODEL, '--source', 'x y', '--target', 'x  y '], /same text/],
  ['a file that is not there', ['--model', MODEL, '--pairs', '/nowhere.tsv'], /nowhere\.tsv/],
  ['text for a model without a tokenizer', ['--model', join(FIXTURES, 'marian'), '--source', 'x'], /tokenizer\.json/],
  ['blank text', ['--model', MODEL, '--source', '  '], /source/],
])('%s: says so and exits with 1', (_, args, message) => {
  const { status, stderr, lines } = attend(...args);
  expect({ status, lines }).toEqual({ status: 1, lines: [] });
  expect(stderr).toMatch(message);
});

test('a file of pairs that is empty, or a pipe that nobody writes to', () => {
  const file = join(folder, 'empty.tsv');
  writeFileSync(file, '\n\n');
  expect(attend('--model', MODEL, '--pairs', file)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/no pair/),
  });
  const pipe = join(folder, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const refused = {
    status: 1,
    stderr: expect.stringMatching(/pipe can't be (read|written): it is not a regular file/),
  };
  expect(attend('--model', MODEL, '--pairs', pipe)).toMatchObject(refused);
  expect(attend('--model', MODEL, '--source', 'x', '--output', pipe)).toMatchObject(refused);
});

test('--help is an answer, not an error', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, '--help'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const option of ['--model', '--source', '--target', '--pairs', '--inputs', '--output', '--attentions']) {
    expect(stdout).toContain(option);
  }
});
