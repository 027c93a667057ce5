import type { Method } from '../../src/attention/method-complexity.ts';
import type { ChartInput } from './cost-chart.ts';
import { curve, measuredCurve } from './cost-curves.ts';
import { compact, milliseconds } from './cost-names.ts';

/** Values of all curves at one length, for the tooltip and for screen readers; ≈ where a time is the fit's. */
export function readings(
  { quantity, shape, methods, measurements }: Pick<ChartInput, 'quantity' | 'shape' | 'methods' | 'measurements'>,
  length: number,
): { method: Method; text: string }[] {
  return methods.flatMap((method) => {
    if (quantity !== 'time') {
      const { y } = curve(method, quantity, shape).find(({ x }) => x === length)!;
      return [{ method, text: compact(y) }];
    }
    const { points, fit } = measuredCurve(method, measurements);
    const measured = points.find(({ x }) => x === length);
    if (measured) return [{ method, text: milliseconds(measured.y) }];
    return fit ? [{ method, text: `≈ ${milliseconds(fit.factor * length ** fit.exponent)}` }] : [];
  });
}
