import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenInfo } from '../../../src/contract/run.ts';
import { axisLabels } from '../../../src/insight/axes.ts';
import { contributionMatrix } from '../../../src/insight/contributions.ts';
import { diagonality, meanEntropy, rowEntropy, strongestSink } from '../../../src/insight/head-measures.ts';
import { bestHead, maxPool } from '../../../src/insight/overview.ts';
import { peakCell } from '../../../src/insight/view-matrices.ts';
import { groupMatrix, renormalize } from '../../../src/insight/word-matrix.ts';
import { topPredictions } from '../../../src/run/predictions.ts';
import { matrix } from '../../../src/tensor/matrix.ts';

const of = (rows: number, cols: number, ...values: number[]) => matrix(rows, cols, Float32Array.from(values));
const span = (from: number, to: number) => ({ from, to });

describe('rowEntropy', () => {
  it('is 0 for one key, ln S for an even row, 1.0397 nats for ½ ¼ ¼', () => {
    expect(rowEntropy(Float32Array.of(0, 1, 0))).toBe(0);
    expect(rowEntropy(new Float32Array(7).fill(1 / 7))).toBeCloseTo(Math.log(7), 6);
    expect(rowEntropy(Float32Array.of(0.5, 0.25, 0.25))).toBeCloseTo(1.5 * Math.LN2, 6);
  });
  it('is averaged over rows', () => {
    expect(meanEntropy(of(2, 2, 1, 0, 0.5, 0.5))).toBeCloseTo(Math.LN2 / 2, 6);
  });
});

describe('groupMatrix', () => {
  it('sums columns and averages rows of weights', () => {
    const pieces = of(2, 3, 0.2, 0.3, 0.5, 0.6, 0.2, 0.2);
    const words = groupMatrix(pieces, [span(0, 2)], [span(0, 2), span(2, 3)], 'sum');
    expect(words.data[0]).toBeCloseTo(0.65, 6);
    expect(words.data[1]).toBeCloseTo(0.35, 6);
  });
  it('averages both ways for scores and leaves masked cells out', () => {
    const pieces = of(2, 2, 1, Number.NaN, 3, 5);
    expect(groupMatrix(pieces, [span(0, 2)], [span(0, 2)], 'mean').data[0]).toBe(3);
    expect(groupMatrix(pieces, [span(0, 1)], [span(1, 2)], 'mean').data[0]).toBeNaN();
  });
  it('keeps rows summing to 1 however pieces are grouped (seed 3)', () => {
    const cuts = (count: number) => fc.subarray([...Array(count - 1).keys()].map((i) => i + 1));
    const spans = (inner: number[], count: number) => {
      const edges = [0, ...inner, count];
      return edges.slice(1).map((to, i) => span(edges[i], to));
    };
    const raw = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 42, maxLength: 42 });
    fc.assert(
      fc.property(raw, cuts(6), cuts(7), (values, rowCuts, colCuts) => {
        const weights = renormalize(of(6, 7, ...values));
        const grouped = groupMatrix(weights, spans(rowCuts, 6), spans(colCuts, 7), 'sum');
        for (let r = 0; r < grouped.rows; r++) {
          const row = grouped.data.subarray(r * grouped.cols, (r + 1) * grouped.cols);
          expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
        }
      }),
      { seed: 3 },
    );
  });
});

describe('renormalize', () => {
  it('makes rows sum to 1, keeps proportions, and leaves an empty row empty', () => {
    const rows = renormalize(of(2, 2, 0.1, 0.3, 0, 0));
    expect([...rows.data].map((weight) => +weight.toFixed(6))).toEqual([0.25, 0.75, 0, 0]);
  });
});

describe('contributionMatrix', () => {
  it('is w·‖v‖ for a piece', () => {
    expect(contributionMatrix(of(1, 1, 0.5), of(1, 2, 3, 4), [span(0, 1)], [span(0, 1)]).data[0]).toBeCloseTo(2.5, 6);
  });
  it('lets opposite values of a word cancel', () => {
    const values = of(2, 2, 1, 0, -1, 0);
    expect(contributionMatrix(of(1, 2, 0.5, 0.5), values, [span(0, 1)], [span(0, 2)]).data[0]).toBe(0);
  });
});

describe('maxPool', () => {
  it('keeps a thin bright line', () => {
    const big = matrix(50, 100);
    for (let t = 0; t < 50; t++) big.data[t * 100 + 2 * t] = 1;
    const small = maxPool(big, 24);
    expect([small.rows, small.cols]).toEqual([24, 24]);
    for (let i = 0; i < 24; i++) expect(Math.max(...small.data.subarray(i * 24, (i + 1) * 24))).toBe(1);
  });
  it('leaves what is small as it is', () => {
    expect([...maxPool(of(2, 2, 1, 2, 3, 4), 24).data]).toEqual([1, 2, 3, 4]);
  });
});

describe('peakCell and bestHead', () => {
  it('finds the strongest cell outside special tokens', () => {
    const marks = [{ special: false }, { special: true }];
    const peak = peakCell(of(2, 2, 0.2, 0.8, 0.1, 0.9), marks, marks);
    expect(peak).toEqual({ row: 0, col: 0, weight: Math.fround(0.2) });
    expect(peakCell(of(1, 1, 1), [marks[1]], [marks[1]])).toBeUndefined();
  });
  it('finds the head with the least or the most of a measure, the first of equals', () => {
    const entropy = Float32Array.of(2, 1.5, 1, 0.25, 3, 0.25);
    expect(bestHead(entropy, 2, 'least')).toEqual({ layer: 1, head: 1, value: 0.25 });
    expect(bestHead(entropy, 2, 'most')).toEqual({ layer: 2, head: 0, value: 3 });
  });
});

describe('diagonality', () => {
  const marks = (...specials: number[]) => specials.map((special) => ({ special: special === 1 }));
  const diagonal = (size: number, by = 0) => {
    const weights = matrix(size, size);
    for (let t = 0; t < size; t++) weights.data[t * size + Math.max(0, t - by)] = 1;
    return weights;
  };
  const self = (size: number) => ({
    rows: marks(...Array(size).fill(0)),
    cols: marks(...Array(size).fill(0)),
    self: true,
  });
  it('is 1 on the diagonal and beside it, and little away from it', () => {
    expect(diagonality(diagonal(8), self(8))).toBe(1);
    expect(diagonality(diagonal(8, 1), self(8))).toBe(1);
    expect(diagonality(diagonal(8, 3), self(8))).toBe(2 / 8);
    const turned = matrix(8, 8);
    for (let t = 0; t < 8; t++) turned.data[t * 8 + 7 - t] = 1;
    expect(diagonality(turned, self(8))).toBe(2 / 8);
  });
  it('widens with the text: a tenth of it', () => {
    expect(diagonality(diagonal(60, 6), self(60))).toBe(1);
    expect(diagonality(diagonal(60, 7), self(60))).toBe(7 / 60);
  });
  it('goes from corner to corner where lengths differ', () => {
    const weights = matrix(8, 4);
    for (let t = 0; t < 8; t++) weights.data[t * 4 + Math.floor(t / 2)] = 1;
    expect(diagonality(weights, { rows: marks(...Array(8).fill(0)), cols: marks(0, 0, 0, 0), self: false })).toBe(1);
  });
  it('leaves special tokens out in cross-attention, and counts weight on them as off the diagonal', () => {
    const weights = of(3, 4, 0, 1, 0, 0, 0.5, 0, 0.5, 0, 0, 0, 0, 1);
    const axes = { rows: marks(0, 0, 1), cols: marks(1, 0, 0, 1), self: false };
    expect(diagonality(weights, axes)).toBe(0.75);
    expect(diagonality(matrix(0, 0), { rows: [], cols: [], self: false })).toBe(0);
  });
});

describe('strongestSink', () => {
  it('is the key with the largest mean weight over all queries', () => {
    expect(strongestSink(of(2, 3, 0.5, 0.25, 0.25, 0.5, 0, 0.5))).toEqual({ key: 0, weight: 0.5 });
    expect(strongestSink(of(2, 3, 0, 0, 1, 0.5, 0, 0.5))).toEqual({ key: 2, weight: 0.75 });
    expect(strongestSink(matrix(2, 0))).toEqual({ key: -1, weight: 0 });
  });
});

describe('topPredictions', () => {
  it('softmaxes, sorts, and ranks what really comes', () => {
    const { top, actual } = topPredictions(Float32Array.of(0, Math.log(3), Math.log(2), -1e9), 2, 2);
    expect(top.map(({ id }) => id)).toEqual([1, 2]);
    expect(top[0].probability).toBeCloseTo(0.5, 6);
    expect(actual?.rank).toBe(2);
    expect(actual?.probability).toBeCloseTo(1 / 3, 6);
  });
  it('picks the five likeliest of any logits (seed 5)', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 6, maxLength: 40 }), (list) => {
        const logits = Float32Array.from(list);
        const { top } = topPredictions(logits, undefined);
        const best = [...logits].sort((a, b) => b - a).slice(0, 5);
        expect(top.map(({ id }) => logits[id])).toEqual(best);
      }),
      { seed: 5 },
    );
  });
});

describe('axisLabels', () => {
  const token = (text: string, start: number, end: number, word: number, special = false): TokenInfo => ({
    id: 0,
    text,
    start,
    end,
    special,
    word,
  });
  const text = 'Ice CREAM!';
  const tokens = [
    token('>>cmn<<', 0, 0, 0, true),
    token('ice', 0, 3, 1),
    token('cre', 4, 7, 2),
    token('am', 7, 9, 2),
    token('!', 9, 10, 3),
    token('</s>', 10, 10, 4, true),
  ];
  it("merges the pieces of a word into the user's own spelling", () => {
    const words = axisLabels(tokens, text, 'words', 'show');
    expect(words.map((label) => label.text)).toEqual(['>>cmn<<', 'ice', 'CREAM', '!', '</s>']);
    expect(words[2]).toMatchObject({ from: 2, to: 4, start: 4, end: 9, special: false });
  });
  it('leaves special tokens out when hidden, and keeps piece indexes', () => {
    const words = axisLabels(tokens, text, 'words', 'hide');
    expect(words.map(({ from }) => from)).toEqual([1, 2, 4]);
  });
  it('shows every piece in pieces', () => {
    expect(axisLabels(tokens, text, 'pieces', 'dim')).toHaveLength(6);
  });
});
