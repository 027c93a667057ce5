import type { MatrixOf } from '../../src/protocol/exploration-view.ts';
import type { Rgb } from '../color/oklab.ts';
import type { Palette } from '../color/palette.ts';

/** How the values of one matrix become colours: weights 0 … 1, scores −max … max, contributions 0 … max. */
export interface ValueScale {
  readonly min: number;
  readonly max: number;
  /** Place on the legend, 0 … 1. */
  position(value: number): number;
  color(value: number, palette: Palette): Rgb;
}

/** @param values NaN and infinities are left out    @returns the scale that spans them */
export function valueScale(of: MatrixOf, values: Float32Array): ValueScale {
  let most = 0;
  if (of !== 'weight') for (const x of values) if (Number.isFinite(x)) most = Math.max(most, Math.abs(x));
  const max = of === 'weight' ? 1 : most || 1;
  const min = of === 'score' ? -max : 0;
  const clamp = (x: number) => Math.min(1, Math.max(0, x));
  return {
    min,
    max,
    position: (value) => clamp((value - min) / (max - min)),
    color: (value, palette) => (of === 'score' ? palette.diverging(value / max) : palette.sequential(value / max)),
  };
}
