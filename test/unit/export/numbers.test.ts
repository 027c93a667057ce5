import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { headWeights } from '../../../src/attention/head-trace.ts';
import { attentionSafetensors } from '../../../src/export/attention-safetensors.ts';
import { explorationJson } from '../../../src/export/exploration-json.ts';
import { markdownTable, matrixCsv, weightsTsv } from '../../../src/export/matrix-tables.ts';
import { attentionNpz } from '../../../src/export/npz.ts';
import { readSafetensors } from '../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats } from '../../../src/model/checkpoint/tensor-values.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { runTensors } from '../../../src/run/run-tensors.ts';
import { hostileRun, STATES, viewOf } from './hostile-run.ts';
import { readCsv } from './read-csv.ts';
import { type ReadArray, readNpz } from './read-npz.ts';

let kept: RunResult;

beforeAll(async () => {
  kept = await hostileRun();
});

/** A cell of a text format: empty is masked. */
const float = (cell: string) => (cell === '' ? Number.NaN : Math.fround(Number(cell)));
/** NaN equals itself here. */
const same = (found: readonly number[], expected: Float32Array) => expect(found).toEqual([...expected]);

describe.each(STATES.map((state) => [JSON.stringify(state), state] as const))('state %s', (_, state) => {
  it('CSV: every value of the view, labels as they are but for formulas, masked cells empty', () => {
    const view = viewOf(kept, state);
    const text = matrixCsv(view);
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const [head, ...lines] = readCsv(text.slice(1));
    expect(lines.map(([name]) => name.replace(/^'(?=[=+\-@])/, ''))).toEqual(view.rows.map(({ text }) => text));
    expect(head.slice(1).map((name) => name.replace(/^'(?=[=+\-@])/, ''))).toEqual(view.cols.map(({ text }) => text));
    same(
      lines.flatMap(([, ...cells]) => cells.map(float)),
      view.values,
    );
    for (const label of [...head, ...lines.map(([name]) => name)]) expect(label).not.toMatch(/^[=+\-@\t\r]./s);
  });

  it('TSV: the weights, a line a query', () => {
    const view = viewOf(kept, state);
    const lines = weightsTsv(view).trimEnd().split('\n');
    expect(lines).toHaveLength(view.rows.length + 1);
    const cells = lines.slice(1).flatMap((line) => line.split('\t').slice(1).map(float));
    expect(cells).toEqual([...view.weights].map((w, i) => (Number.isNaN(view.values[i]) ? Number.NaN : w)));
  });

  it('JSON: tokens, state and matrices; no folder of the person’s machine', () => {
    const view = viewOf(kept, state);
    const text = explorationJson(view, kept.summary);
    const read = JSON.parse(text);
    expect(read).toMatchObject({ format: 'attention-explorer/exploration', version: 1, of: view.of });
    expect(read.state).toEqual(JSON.parse(JSON.stringify(view.state)));
    expect(read.tokens.source).toEqual(kept.summary.sourceTokens);
    expect(read.rows).toEqual(view.rows);
    for (const name of ['values', 'scores', 'weights'] as const) {
      same(
        read[name].flat().map((x: number | null) => (x === null ? Number.NaN : Math.fround(x))),
        view[name],
      );
    }
    if (view.step) {
      same(read.step.keys.flat().map(Math.fround), view.step.keys);
      expect(read.step.predictions).toEqual(view.step.predictions);
    } else expect(read.step).toBeUndefined();
    expect(text).not.toContain('/home/somebody');
  });

  it('Markdown: one row of cells a query, none broken by a token', () => {
    const view = viewOf(kept, state);
    const lines = markdownTable(view, 'query ╲ key').trimEnd().split('\n');
    expect(lines).toHaveLength(view.rows.length + 2);
    const cells = lines.map((line) => line.slice(2, -2).split(/(?<!\\) \| /));
    for (const line of cells) expect(line).toHaveLength(view.cols.length + 1);
    const digits = view.of === 'score' ? 2 : 3;
    const shown = cells.slice(2).flatMap(([, ...numbers]) => numbers);
    expect(shown).toEqual(
      Array.from(view.values, (x) => (Number.isNaN(x) ? '–' : x.toFixed(digits).replace('-', '−'))),
    );
    expect(lines.join('').replaceAll('**', '')).not.toMatch(/<|(?<!\\)[`*_$[\]]/);
  });
});

it('labels that a spreadsheet would run are made harmless, others are left alone', () => {
  const view = viewOf(kept, { unit: 'words', kind: 'cross' });
  const labels = ['=cmd|calc!', '+1', '-2', '@SUM(1)', '＝1', '\t=1', '-', '=', 'a=b', '😀'];
  const rows = labels.map((text) => ({ ...view.rows[0], text }));
  const cols = [view.cols[0]];
  const values = new Float32Array(labels.length).fill(-0.5);
  const [, ...lines] = readCsv(matrixCsv({ ...view, rows, cols, map: { ...view.map, values } }).slice(1));
  expect(lines.map(([name]) => name)).toEqual([
    "'=cmd|calc!",
    "'+1",
    "'-2",
    "'@SUM(1)",
    "'＝1",
    "'\t=1",
    '-',
    '=',
    'a=b',
    '😀',
  ]);
  expect(lines.map(([, cell]) => cell)).toEqual(labels.map(() => '-0.5'));
});

describe('tensors', () => {
  const state = { kind: 'decoder', unit: 'pieces', special: 'show' } as const;

  it('safetensors: all layers and heads as the model computed them, the view, tokens in the metadata', () => {
    const view = viewOf(kept, state);
    const bytes = attentionSafetensors(view, kept.summary, runTensors(kept));
    const read = readSafetensors(bytes, 'test');
    for (const kind of ['encoder', 'decoder', 'cross'] as const) {
      kept.pass[kind].forEach((record, layer) => {
        const stored = read.get(`${kind}_attentions.${layer}`)!;
        expect(stored.shape).toEqual([1, record.heads, record.q.rows, record.k.rows]);
        const all = Array.from({ length: record.heads }, (_, head) => [...headWeights(record, head).data]).flat();
        expect([...decodeFloats(stored, 'test')]).toEqual(all);
      });
    }
    same([...decodeFloats(read.get('view_values')!, 'test')], view.values);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const { __metadata__ } = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)),
    );
    expect(Object.values(__metadata__).every((value) => typeof value === 'string')).toBe(true);
    expect(JSON.parse(__metadata__.target_tokens)).toHaveLength(kept.summary.targetTokens.length);
    expect(JSON.parse(__metadata__.state)).toMatchObject({ kind: 'decoder', unit: 'pieces' });
  });

  it('.npz: read by a strict reader and, where there is one, by numpy', () => {
    const view = viewOf(kept, state);
    const bytes = attentionNpz(view, kept.summary, runTensors(kept));
    for (const read of [readNpz, ...(hasNumpy() ? [readWithNumpy] : [])]) {
      const arrays = read(bytes);
      expect(arrays.input_ids.values).toEqual(kept.summary.sourceTokens.map(({ id }) => id));
      expect(arrays.input_ids.shape).toEqual([1, kept.summary.sourceTokens.length]);
      expect(arrays['cross_attentions.1'].shape[1]).toBe(2);
      same(arrays.view_values.values as number[], view.values);
      expect(arrays.view_values.shape).toEqual([view.rows.length, view.cols.length]);
      const wellFormed = view.rows.map(({ text }) => text.replace(/\p{Surrogate}/gu, '\uFFFD'));
      expect(arrays.view_rows.values).toEqual(wellFormed);
      expect(JSON.parse(String(arrays.state.values[0]))).toMatchObject({ kind: 'decoder' });
      expect(arrays.state.shape).toEqual([]);
    }
  });
});

const python = (script: string, ...args: string[]) =>
  spawnSync('python3', ['-c', script, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });

const hasNumpy = () => python('import numpy').status === 0;

/** What numpy.load with its defaults, which refuse pickles, makes of it. */
function readWithNumpy(bytes: Uint8Array): Record<string, ReadArray> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'attention-npz-')), 'run.npz');
  writeFileSync(file, bytes);
  const { stdout, stderr } = python(
    `import json, sys, numpy
arrays = numpy.load(sys.argv[1])
json.dump({n: dict(dtype=a.dtype.str, shape=list(a.shape), values=a.ravel().tolist()) for n, a in arrays.items()}, sys.stdout)`,
    file,
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout.replace(/\bNaN\b/g, 'null'), (_, value) => (value === null ? Number.NaN : value));
}
