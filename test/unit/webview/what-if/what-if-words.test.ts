import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../src/contract/run.ts';
import type { ExplorationView, WhatIfView } from '../../../../src/contract/view.ts';
import {
  isForced,
  isMasked,
  toggleForce,
  toggleMask,
  withoutForce,
} from '../../../../webview/what-if/what-if-edits.ts';
import { namedKeys } from '../../../../webview/what-if/what-if-strip.ts';
import { leastOf, mostChanged, pairedPredictions, targetWords } from '../../../../webview/what-if/what-if-words.ts';

const word = { from: 2, to: 4 };

describe('what is changed', () => {
  it('masks every piece of a word, several words, and lets each be seen again', () => {
    const one = toggleMask(undefined, word);
    expect(one).toEqual({ type: 'setWhatIf', whatIf: { mask: [2, 3] } });
    const two = toggleMask({ mask: [2, 3] }, { from: 0, to: 1 });
    expect(two).toEqual({ type: 'setWhatIf', whatIf: { mask: [0, 2, 3] } });
    expect(toggleMask({ mask: [0, 2, 3] }, word)).toEqual({ type: 'setWhatIf', whatIf: { mask: [0] } });
    expect(toggleMask({ mask: [2, 3] }, word)).toEqual({ type: 'clearWhatIf' });
  });

  it('masks the rest of a word of which a piece is masked', () => {
    expect(isMasked({ mask: [2] }, word)).toBe(false);
    expect(toggleMask({ mask: [2] }, word)).toEqual({ type: 'setWhatIf', whatIf: { mask: [2, 3] } });
  });

  it('forces a row onto several keys, begins anew with another row, and leaves the masks alone', () => {
    const first = toggleForce({ mask: [7] }, 5, word);
    expect(first).toEqual({ type: 'setWhatIf', whatIf: { mask: [7], force: { query: 5, keys: [2, 3] } } });
    const force = { query: 5, keys: [2, 3] };
    expect(toggleForce({ mask: [], force }, 5, { from: 0, to: 1 })).toEqual({
      type: 'setWhatIf',
      whatIf: { mask: [], force: { query: 5, keys: [0, 2, 3] } },
    });
    expect(toggleForce({ mask: [], force }, 6, { from: 0, to: 1 })).toMatchObject({
      whatIf: { force: { query: 6, keys: [0] } },
    });
    expect(toggleForce({ mask: [], force }, 5, word)).toEqual({ type: 'clearWhatIf' });
    expect(withoutForce({ mask: [7], force })).toEqual({ type: 'setWhatIf', whatIf: { mask: [7] } });
    expect([isForced({ mask: [], force }, 5, word), isForced({ mask: [], force }, 6, word)]).toEqual([true, false]);
  });

  it('is named by words where all of a word are masked, else by pieces, hidden ones as well', () => {
    const run = { sourceTokens: ['<t>', 'I', 'ea', 't', '</s>'].map((text) => ({ text })) } as unknown as RunSummary;
    const cols = [
      { text: 'I', from: 1, to: 2 },
      { text: 'eat', from: 2, to: 4 },
    ];
    const view = { cols, state: { kind: 'cross' } } as unknown as ExplorationView;
    expect(namedKeys([1, 2, 3], view, run).map(({ text }) => text)).toEqual(['I', 'eat']);
    expect(namedKeys([0, 3], view, run).map(({ text }) => text)).toEqual(['<t>', 't']);
  });
});

describe('before against after', () => {
  it('shows the keys whose weight moved most, in the order of the text', () => {
    const before = Float32Array.of(0.01, 0.9, 0.02, 0.07);
    const after = Float32Array.of(0.01, 0, 0.02, 0.97);
    expect(mostChanged(before, after, 2)).toEqual([1, 3]);
  });

  it('pairs the likeliest pieces of both sides, and says less than the fifth of those that are not among five', () => {
    const side = (...list: [number, number][]) => ({
      predictions: list.map(([id, probability]) => ({ id, probability, text: `t${id}` })),
      actual: undefined,
    });
    const before = side([1, 0.5], [2, 0.2], [3, 0.1], [4, 0.05], [5, 0.04]);
    const after = side([3, 0.6], [1, 0.2], [9, 0.1], [8, 0.02], [7, 0.01]);
    const pairs = pairedPredictions(before, after);
    expect(pairs.map(({ id }) => id)).toEqual([3, 1, 9, 2]);
    expect(pairs.at(-1)).toMatchObject({ before: 0.2, after: undefined });
    expect(leastOf(after)).toBe(0.01);
  });

  it('says how much likelier the target became', () => {
    const sides = (was: number | undefined, is: number | undefined) =>
      ({ before: { logProbability: was }, after: { logProbability: is } }) as WhatIfView;
    expect(targetWords(sides(-3, -3 - Math.log(5)))).toBe('5.0 times less likely');
    expect(targetWords(sides(-3, -3 + Math.log(250)))).toBe('250 times likelier');
    expect(targetWords(sides(-3, -3.01))).toBe('as likely as before');
    expect(targetWords(sides(undefined, undefined))).toBeUndefined();
  });
});
