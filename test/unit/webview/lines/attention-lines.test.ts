import { describe, expect, test } from 'vitest';
import type { WholeView } from '../../../../src/contract/view.ts';
import { contrast, type Rgb } from '../../../../webview/color/oklab.ts';
import { drawnText, thresholdText } from '../../../../webview/lines/line-columns.ts';
import {
  leastDrawn,
  lineCount,
  listGhosts,
  listLines,
  readableThreshold,
} from '../../../../webview/lines/line-list.ts';
import { headStyle, lineStroke } from '../../../../webview/lines/line-style.ts';
import { apart, BLIND, seen } from '../color/color-vision.ts';

const labels = (count: number) => Array.from({ length: count }, (_, i) => ({ text: `${i}`, from: i, to: i + 1 }));

/** A view of rows × cols; the values are weights of one head unless said otherwise. */
const view = (
  rows: number,
  cols: number,
  values: readonly number[] | Float32Array,
  { headWeights, before, ...over }: { headWeights?: Float32Array; before?: Float32Array; [name: string]: unknown } = {},
): WholeView =>
  ({
    rows: labels(rows),
    cols: labels(cols),
    of: 'weight',
    state: { head: 0, matrix: 'attention' },
    map: { kind: 'whole', rows, cols, values: Float32Array.from(values), headWeights, before },
    alignment: [],
    ...over,
  }) as unknown as WholeView;

const weights = [0.7, 0.2, 0.1, Number.NaN, 0.96, 0.04];
const ends = (lines: ReturnType<typeof listLines>) => lines.map(({ row, col }) => [row, col]);

describe('the lines of a view', () => {
  test('are those from the threshold on, the strongest last; what is masked or nothing has none', () => {
    expect(ends(listLines(view(2, 3, weights), 0.1))).toEqual([
      [0, 2],
      [0, 1],
      [0, 0],
      [1, 1],
    ]);
    expect(listLines(view(2, 3, weights), 0)).toHaveLength(5);
    expect(lineCount(view(2, 3, weights))).toBe(5);
  });

  test('of one token are its own alone', () => {
    expect(ends(listLines(view(2, 3, weights), 0, { row: 1 }))).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(ends(listLines(view(2, 3, weights), 0, { col: 0 }))).toEqual([[0, 0]]);
  });

  test('are each head’s own while their mean is chosen, side by side at the token', () => {
    const all = view(1, 2, [0.5, 0.5], {
      state: { head: 'mean', matrix: 'attention' },
      headWeights: Float32Array.of(0.9, 0.1, 0.2, 0.8),
    });
    const lines = listLines(all, 0);
    expect(lines.map(({ head, col, value }) => [head, col, Math.round(value * 10)])).toEqual([
      [0, 1, 1],
      [1, 0, 2],
      [1, 1, 8],
      [0, 0, 9],
    ]);
    const [first, second] = [lines.find(({ head }) => head === 0)!.shift, lines.find(({ head }) => head === 1)!.shift];
    expect(first).toBeLessThan(second);
    expect(first + second).toBeCloseTo(0);
  });

  test('a hard alignment has its line however weak, on top and only once', () => {
    const lines = listLines(
      view(2, 3, weights, {
        alignment: [
          { row: 1, col: 2 },
          { row: 0, col: 0 },
        ],
      }),
      0.5,
    );
    expect(lines.map(({ row, col, linked }) => [row, col, linked])).toEqual([
      [1, 1, false],
      [1, 2, true],
      [0, 0, true],
    ]);
    expect(lineStroke(0.04, true).opacity).toBeGreaterThan(lineStroke(0.04, false).opacity + 0.3);
  });

  test('what a what-if moved is there as it was, too', () => {
    const before = Float32Array.of(0.1, 0.2, 0.7, Number.NaN, 0.94, 0.06);
    const ghosts = listGhosts(view(2, 3, weights, { before }), 0.05);
    expect(ghosts.map(({ row, col, value, ghost }) => [row, col, Math.fround(value), ghost])).toEqual([
      [0, 0, Math.fround(0.1), true],
      [0, 2, Math.fround(0.7), true],
    ]);
    expect(listGhosts(view(2, 3, weights, { before }), 0.05, { col: 2 })).toHaveLength(1);
    expect(listGhosts(view(2, 3, weights), 0)).toEqual([]);
  });

  test('are as strong as the heatmap’s scale says: a long text’s small weights are seen', () => {
    const [weak, strong] = listLines(view(1, 2, [0.01, 0.04]), 0);
    expect(strong!.strength).toBeCloseTo(0.8);
    expect(weak!.strength).toBeCloseTo(0.2);
    const [, largest] = listLines(view(1, 2, [-3, 12], { of: 'score' }), 0);
    expect(largest!.strength).toBe(1);
  });
});

describe('how many lines', () => {
  /** 300 × 300 weights that fall along each row. */
  const long = view(
    300,
    300,
    Float32Array.from({ length: 300 * 300 }, (_, i) => (1 + (i % 300)) ** -1.2 / 4),
  );

  test('one begins with no more than can be told apart, and some for each query', () => {
    const drawn = listLines(long, readableThreshold(long)).length;
    expect(drawn).toBeLessThanOrEqual(6 * 600);
    expect(drawn).toBeGreaterThanOrEqual(300);
    expect(readableThreshold(view(2, 3, weights))).toBe(0.05);
    const faint = view(
      10,
      10,
      Array.from({ length: 100 }, (_, i) => 0.002 * (1 + (i % 10))),
    );
    expect(listLines(faint, readableThreshold(faint)).length).toBeGreaterThanOrEqual(10);
  });

  test('are never more than 12,000, and the words say from where on', () => {
    const lines = listLines(long, 0);
    expect(lineCount(long)).toBe(90_000);
    expect(lines.length).toBeGreaterThan(9_000);
    expect(lines.length).toBeLessThanOrEqual(12_000);
    const least = leastDrawn(long, 0);
    expect(lines[0]!.value).toBeGreaterThanOrEqual(least - 1e-4);
    expect(drawnText(long, lines.length, 90_000, least)).toMatch(/^[\d,]+ of 90,000 lines, from 0\.0\d+ on\./);
    expect(drawnText(long, 5, 5, 0)).toMatch(/^5 lines\./);
  });

  test('a threshold is said as a weight, or as a share where numbers have no upper end', () => {
    expect(thresholdText(long, 0.005)).toBe('0.005');
    expect(thresholdText(long, 0.2)).toBe('0.20');
    expect(thresholdText(view(1, 1, [3], { of: 'value' }), 0.005)).toBe('0.5 % of the largest');
  });
});

describe('colours of heads', () => {
  const black: Rgb = [31, 31, 31];
  const white: Rgb = [255, 255, 255];

  test.each([
    ['dark', black],
    ['light', white],
  ])('eight stand out from a %s background, and from each other in every kind of vision', (_name, background) => {
    const colors = Array.from({ length: 8 }, (_, head) => headStyle(head, background).color);
    for (const color of colors) expect(contrast(color, background)).toBeGreaterThan(3);
    const same = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    for (const matrix of [same, ...Object.values(BLIND)]) {
      const all = colors.map((color) => seen(color, matrix));
      const distances = all.flatMap((color, i) => all.slice(0, i).map((other) => apart(color, other)));
      expect(Math.min(...distances)).toBeGreaterThan(0.09);
    }
  });

  test('from the ninth on the dash tells them apart', () => {
    const looks = Array.from({ length: 24 }, (_, head) => JSON.stringify(headStyle(head, black)));
    expect(new Set(looks).size).toBe(24);
  });
});
