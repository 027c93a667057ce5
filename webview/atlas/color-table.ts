import { css, type Palette } from '../color/palette.ts';
import type { ValueScale } from '../heatmap/value-scale.ts';

/** Steps of colour: more than an eye tells apart. */
const STEPS = 512;

/** Colours of values, made once for a scale and a palette. */
export interface ColorTable {
  readonly min: number;
  readonly max: number;
  /** [STEPS], as a canvas keeps its pixels: ABGR on machines of low endian. */
  readonly colors: Uint32Array;
  /** Steps per unit of value. */
  readonly factor: number;
}

export function colorTable(scale: ValueScale, palette: Palette): ColorTable {
  const { min, max } = scale;
  const colors = new Uint32Array(STEPS);
  for (let i = 0; i < STEPS; i++) {
    const [r, g, b] = scale.color(min + ((max - min) * i) / (STEPS - 1), palette);
    colors[i] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }
  return { min, max, colors, factor: (STEPS - 1) / (max - min) };
}

/** @returns index of a value's colour; NaN has none */
export function stepOf({ min, factor }: ColorTable, value: number): number {
  const step = (value - min) * factor + 0.5;
  return step < 0 ? 0 : step >= STEPS ? STEPS - 1 : step | 0;
}

/** Tells one table from another without comparing its colours. */
export const tableKey = ({ min, max }: ValueScale, palette: Palette): string =>
  [min, max, css(palette.background), css(palette.sequential(0.8)), css(palette.diverging(-0.8))].join();
