import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../../webview/complexity/chart-marks.ts';
import { lengthAt, lengthScale, readings } from '../../../../webview/complexity/cost-chart.ts';
import { curve, LENGTHS, measuredCurve, timePerOperation } from '../../../../webview/complexity/cost-curves.ts';
import { layerShape } from '../../../../webview/complexity/cost-names.ts';

const pair = { targets: 8, sources: 16, width: 192, heads: 6, headWidth: 32 };
const ladder = [16, 64, 256, 1024].flatMap((n) => [
  { method: 'full' as const, targets: n, sources: n, milliseconds: n ** 2 / 1000 },
  { method: 'cross' as const, targets: n, sources: 16, milliseconds: n / 100 },
]);

describe('curves', () => {
  it('run over whole, growing lengths from one token to 16,384', () => {
    expect(LENGTHS[0]).toBe(1);
    expect(LENGTHS.at(-1)).toBe(16_384);
    expect(LENGTHS.every((n, i) => Number.isInteger(n) && (i === 0 || n > LENGTHS[i - 1]))).toBe(true);
  });

  it('hold the sources for cross-attention and square the length for the full one', () => {
    const at = (method: 'full' | 'cross', n: number) => curve(method, 'operations', pair).find(({ x }) => x === n)!.y;
    expect(at('full', 64)).toBe(2 * 64 * 64 * 192);
    expect(at('cross', 64)).toBe(2 * 64 * 16 * 192);
    expect(at('full', 16)).toBe(at('cross', 16));
  });

  it('are marked where the pair stands: cross on cross, self-attention on full', () => {
    const marks = marksOf('operations', pair, ['full', 'cross']);
    expect(marks.map(({ kind, x, y }) => [kind, x, y])).toEqual([
      ['encoder', 16, 2 * 16 * 16 * 192],
      ['decoder', 8, 2 * 8 * 8 * 192],
      ['cross', 8, 2 * 8 * 16 * 192],
    ]);
    for (const { kind, x, y } of marks) {
      const on = curve(kind === 'cross' ? 'cross' : 'full', 'operations', pair).find((point) => point.x === x)!;
      expect(y).toBe(on.y);
    }
  });

  it('lose the marks of a curve that is switched off', () => {
    expect(marksOf('bytes', pair, ['full']).map(({ kind }) => kind)).toEqual(['encoder', 'decoder']);
  });

  it('stand in Time between what was measured on both sides, and only at their length where it was not', () => {
    // Full grows with the square: 8 lies between 4 and 16, 16 is measured itself.
    const measured = [4, 16].map((n) => ({ method: 'full' as const, targets: n, sources: n, milliseconds: n * n }));
    const marks = marksOf('time', pair, ['full', 'cross'], measured);
    expect(marks.map(({ kind, x }) => [kind, x])).toEqual([
      ['encoder', 16],
      ['decoder', 8],
      ['cross', 8],
    ]);
    expect(marks.map(({ y }) => y && Math.round(y))).toEqual([256, 64, undefined]);
  });

  it('of kinds take T and S of the pair', () => {
    expect(layerShape(pair, 'cross')).toEqual(pair);
    expect(layerShape(pair, 'encoder')).toEqual({ ...pair, targets: 16 });
    expect(layerShape(pair, 'decoder')).toEqual({ ...pair, sources: 8 });
  });
});

describe('measured times', () => {
  it('are fitted from 64 tokens up, and drawn from the shortest', () => {
    const bent = ladder.map((point) => (point.targets === 16 ? { ...point, milliseconds: 9 } : point));
    const { points, fit } = measuredCurve('full', bent);
    expect(points.map(({ x }) => x)).toEqual([16, 64, 256, 1024]);
    expect(fit!.exponent).toBeCloseTo(2, 10);
    expect(measuredCurve('cross', ladder).fit!.exponent).toBeCloseTo(1, 10);
  });

  it('are laid over the operations by the median rate of the full method', () => {
    expect(timePerOperation(ladder, pair)).toBeCloseTo(1 / 1000 / (2 * 192), 12);
    expect(timePerOperation([], pair)).toBeUndefined();
  });

  it('are read as measured where there is a point, and as about elsewhere', () => {
    const input = { quantity: 'time' as const, shape: pair, methods: ['full' as const], measurements: ladder };
    expect(readings(input, 64)).toEqual([{ method: 'full', text: '4.1 ms' }]);
    expect(readings(input, 128)).toEqual([{ method: 'full', text: '≈ 16 ms' }]);
    expect(readings({ ...input, measurements: [] }, 64)).toEqual([]);
  });
});

describe('the pointer', () => {
  it('finds the length that it is over, at both ends, too', () => {
    const x = lengthScale(600);
    for (const n of LENGTHS) expect(lengthAt(x(n) + 1, 600)).toBe(n);
    expect(lengthAt(-50, 600)).toBe(1);
    expect(lengthAt(5000, 600)).toBe(16_384);
  });
});
