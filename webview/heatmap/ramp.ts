import type { Rgb } from '../color/oklab.ts';
import type { Palette } from '../color/palette.ts';
import type { ValueScale } from './value-scale.ts';

const STOPS = 16;

/** Colours along the scale, evenly spaced: the stops of a gradient. */
export function ramp(scale: ValueScale, palette: Palette, steps = STOPS): Rgb[] {
  return Array.from({ length: steps + 1 }, (_, i) =>
    scale.color(scale.min + ((scale.max - scale.min) * i) / steps, palette),
  );
}
