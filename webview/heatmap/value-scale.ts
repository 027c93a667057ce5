import type { MatrixOf } from '../../src/contract/choices.ts';
import type { Rgb } from '../color/oklab.ts';
import type { Palette } from '../color/palette.ts';

/** How the values of one matrix become colours: weights 0 … 1 (or less), scores −max … max, contributions 0 … max. */
export interface ValueScale {
  readonly min: number;
  readonly max: number;
  /** Place on the legend, 0 … 1. */
  position(value: number): number;
  color(value: number, palette: Palette): Rgb;
}

/** @param values NaN and infinities are left out    @returns the scale that spans them */
export function valueScale(of: MatrixOf, values: Float32Array): ValueScale {
  const most = largest(values);
  const max = of === 'weight' ? weightMax(values) : most || 1;
  const diverging = of === 'score' || of === 'difference';
  const min = diverging ? -max : 0;
  const clamp = (x: number) => Math.min(1, Math.max(0, x));
  return {
    min,
    max,
    position: (value) => clamp((value - min) / (max - min)),
    color: (value, palette) => (diverging ? palette.diverging(value / max) : palette.sequential(value / max)),
  };
}

const known = new WeakMap<Float32Array, number>();

/** Values are never changed, and many parts of the window ask for the largest of the same ones. */
function largest(values: Float32Array): number {
  const before = known.get(values);
  if (before !== undefined) return before;
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    // Of NaN nothing is true.
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  known.set(values, most);
  return most;
}

const ENDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** Where the scale of weights ends: 1, or a round number above the largest where a long text leaves each but little. */
export function weightMax(weights: Float32Array): number {
  const most = largest(weights);
  return ENDS.find((end) => most > 0 && most <= end) ?? 1;
}

const STOPS = 16;

/** Colours along the scale, evenly spaced: the stops of a gradient. */
export function ramp(scale: ValueScale, palette: Palette, steps = STOPS): Rgb[] {
  return Array.from({ length: steps + 1 }, (_, i) =>
    scale.color(scale.min + ((scale.max - scale.min) * i) / steps, palette),
  );
}
