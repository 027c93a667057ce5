import { beforeAll, describe, expect, test } from 'vitest';
import { initialView } from '../../../../src/contract/state-bounds.ts';
import type { ViewState } from '../../../../src/contract/view-state.ts';
import { run } from '../../../../src/run/run-pair.ts';
import type { RunResult } from '../../../../src/run/run-result.ts';
import { TERM_NAMES, type TermName } from '../../../../webview/controls/term.ts';
import { placeTipInWindow } from '../../../../webview/controls/tooltip.ts';
import { termText } from '../../../../webview/terms/term-tip.ts';
import { wholeView } from '../../insight/whole-view.ts';
import { smallModel } from '../../run/small-model.ts';

let kept: RunResult;

beforeAll(async () => {
  const request = { folder: '/small', source: 'we like eating', target: 'ab cdef g' };
  kept = await run(
    smallModel(),
    request,
    () => undefined,
    async () => undefined,
  );
});

const view = (change: Partial<ViewState> = {}) => wholeView(kept, { ...initialView(kept.summary), ...change });
const say = (name: TermName, change: Partial<ViewState> = {}) => termText(name, view(change), kept.summary);
const numbers = (text: string) =>
  [...text.matchAll(/[−-]?\d[\d,]*(?:\.\d+)?/g)].map(([one]) => Number(one.replace('−', '-').replaceAll(',', '')));

const STATES: readonly Partial<ViewState>[] = [
  {},
  { kind: 'encoder' },
  { kind: 'decoder', query: 0 },
  { kind: 'decoder', query: 3 },
  { head: 'mean' },
  { layer: 'mean', head: 'mean' },
  { special: 'hide' },
  { unit: 'pieces' },
  { matrix: 'rollout' },
];

describe.each(TERM_NAMES)('%s', (name) => {
  test.each(STATES)('is one sentence with nothing left open in %j', (change) => {
    const text = say(name, change);
    expect(text).toMatch(/^\S.{10,}\.$/);
    expect(text).not.toMatch(/undefined|NaN|Infinity|\{\d|\bnull\b|“”/);
    // One sentence: no full stop before the last that a new one follows.
    expect(text.replaceAll(/“[^”]*”/g, '')).not.toMatch(/[.!?] [A-Z]/);
  });
});

describe('the numbers are those of this pair', () => {
  const step = (change: Partial<ViewState> = {}) => view(change).step!;

  test('query, key and state: widths of the model', () => {
    expect(numbers(say('query'))).toEqual([step().state.length, step().q.length]);
    expect(numbers(say('key'))).toEqual([step().weights.length, step().q.length]);
  });

  test('softmax: the greatest scaled score, and what e to its power is of the sum', () => {
    const { scaled } = step();
    const best = Math.max(...scaled);
    const sum = scaled.reduce((total, score) => total + Math.exp(score), 0);
    const [count, score, weight] = numbers(say('softmax'));
    expect(count).toBe(scaled.length);
    expect(score).toBeCloseTo(best, 2);
    expect(weight).toBeCloseTo(Math.exp(best) / sum, 3);
  });

  test('scaling: the root of dₖ', () => {
    const [width, , root] = numbers(say('scaling'));
    expect(root).toBeCloseTo(Math.sqrt(width), 2);
    expect(width).toBe(step().q.length);
  });

  test('score: from the least to the greatest q·k', () => {
    const { q, keys, weights } = step();
    const products = Array.from(weights, (_, i) => q.reduce((sum, x, j) => sum + x * keys[i * q.length + j], 0));
    const [, least, most] = numbers(say('score'));
    expect(least).toBeCloseTo(Math.min(...products), 1);
    expect(most).toBeCloseTo(Math.max(...products), 1);
  });

  test('masked: what comes after the query', () => {
    const all = step({ kind: 'decoder', query: 1 }).weights.length;
    expect(numbers(say('masked', { kind: 'decoder', query: 1 })).slice(0, 2)).toEqual([all - 2, all]);
    expect(numbers(say('masked', { kind: 'encoder' }))[0]).toBe(0);
  });

  test('sink: the column with the greatest mean weight', () => {
    const { weights, rows, cols } = view();
    const means = cols.map(
      (_, col) => rows.reduce((sum, __, row) => sum + weights[row * cols.length + col], 0) / rows.length,
    );
    const text = say('sink');
    expect(text).toContain(`“${cols[means.indexOf(Math.max(...means))].text}”`);
    expect(numbers(text).at(-1)).toBeCloseTo(Math.max(...means), 2);
  });

  test('complexity: 2·T·S·d multiply-adds, with T and S as the kind has them', () => {
    const { sourceTokens, targetTokens, model } = kept.summary;
    const d = model.decoderHeads * model.headWidth;
    const cross = numbers(say('complexity'));
    expect(cross).toEqual([
      2,
      targetTokens.length,
      sourceTokens.length,
      d,
      2 * targetTokens.length * sourceTokens.length * d,
    ]);
    expect(numbers(say('complexity', { kind: 'encoder' }))[1]).toBe(sourceTokens.length);
  });

  test('special and piece: tokens of the pair', () => {
    const tokens = [...kept.summary.sourceTokens, ...kept.summary.targetTokens];
    expect(numbers(say('special'))[0]).toBe(tokens.filter(({ special }) => special).length);
    expect(numbers(say('piece')).at(-1)).toBe(tokens.filter(({ special }) => !special).length);
  });
});

describe('where a tip goes', () => {
  const tip = { width: 300, height: 60 };
  const window = { width: 400, height: 500 };

  test.each([
    ['under its word', { left: 20, top: 100, bottom: 116 }, { left: 20, top: 120 }],
    ['not over the right edge', { left: 350, top: 100, bottom: 116 }, { left: 92, top: 120 }],
    ['not over the left edge', { left: -40, top: 100, bottom: 116 }, { left: 8, top: 120 }],
    ['over its word at the bottom', { left: 20, top: 450, bottom: 466 }, { left: 20, top: 386 }],
  ])('%s', (_, anchor, expected) => {
    expect(placeTipInWindow(anchor, tip, window)).toEqual(expected);
  });

  test('in a window too low for either it stays inside', () => {
    const { top } = placeTipInWindow({ left: 0, top: 40, bottom: 56 }, tip, { width: 400, height: 90 });
    expect(top).toBeGreaterThanOrEqual(8);
    expect(top + tip.height).toBeLessThanOrEqual(90);
  });
});
