import type { Rgb } from '../color/oklab.ts';
import type { Palette } from '../color/palette.ts';
import type { ValueScale } from './scale.ts';

const STOPS = 16;

/** Colours along the scale, evenly spaced: the stops of a gradient. */
export function ramp(scale: ValueScale, palette: Palette): Rgb[] {
  return Array.from({ length: STOPS + 1 }, (_, i) =>
    scale.color(scale.min + ((scale.max - scale.min) * i) / STOPS, palette),
  );
}
