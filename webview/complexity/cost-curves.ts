import type { LayerShape } from '../../src/attention/complexity.ts';
import { type Method, methodComplexity } from '../../src/attention/method-complexity.ts';
import type { Measurement } from '../../src/contract/run.ts';

/** What the vertical axis counts. */
export type Quantity = 'operations' | 'bytes' | 'time';

export const METHODS: readonly Method[] = ['full', 'cross', 'streaming', 'window', 'linear'];

/** Lengths that curves are drawn through: powers of √2 from 1 to 16,384, in whole tokens. */
export const LENGTHS: readonly number[] = [...new Set(Array.from({ length: 29 }, (_, i) => Math.round(2 ** (i / 2))))];

export interface Point {
  /** Length n. */
  readonly x: number;
  readonly y: number;
}

/** Shape of a method's point at length n: self-attention is n × n, cross-attention holds the sources. */
function shapeAt(method: Method, length: number, shape: LayerShape): LayerShape {
  return { ...shape, targets: length, sources: method === 'cross' ? shape.sources : length };
}

/** The curve of a method by its formula. */
export function curve(method: Method, quantity: 'operations' | 'bytes', shape: LayerShape): Point[] {
  return LENGTHS.map((x) => {
    const cost = methodComplexity(method, shapeAt(method, x, shape));
    return { x, y: quantity === 'bytes' ? cost.bytes : cost.multiplyAdds };
  });
}

/** Measured points of a method, and a·nᵇ through them; small lengths are call overhead and are left out of the fit. */
export function measuredCurve(
  method: Method,
  measurements: readonly Measurement[],
): {
  readonly points: readonly Point[];
  readonly fit: { readonly factor: number; readonly exponent: number } | undefined;
} {
  const points = measurements
    .filter((point) => point.method === method)
    .map(({ targets, milliseconds }) => ({ x: targets, y: milliseconds }))
    .sort((a, b) => a.x - b.x);
  return { points, fit: fitExponent(points.filter(({ x }) => x >= 64)) };
}

/** Median of milliseconds per multiply-add over everything measured: lays times over the curves of operations. */
export function timePerOperation(measurements: readonly Measurement[], shape: LayerShape): number | undefined {
  const rates = measurements
    .filter(({ method }) => method === 'full')
    .map(
      ({ targets, sources, milliseconds }) =>
        milliseconds / methodComplexity('full', { ...shape, targets, sources }).multiplyAdds,
    )
    .filter((rate) => rate > 0)
    .sort((a, b) => a - b);
  return rates[Math.floor(rates.length / 2)];
}

/**
 * Fits y = a·xᵇ by least squares of the logarithms.
 * @param points x and y above 0; others are left out
 * @returns undefined with fewer than two different x
 */
export function fitExponent(
  points: readonly { readonly x: number; readonly y: number }[],
): { readonly factor: number; readonly exponent: number } | undefined {
  const logs = points.filter(({ x, y }) => x > 0 && y > 0).map(({ x, y }) => [Math.log(x), Math.log(y)] as const);
  const n = logs.length;
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (n < 2 || spread === 0) return undefined;
  const exponent = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { factor: Math.exp(meanY - exponent * meanX), exponent };
}
