import type { Tile } from '../../src/contract/tiles.ts';
import { css, type Palette } from '../color/palette.ts';
import type { ValueScale } from '../heatmap/value-scale.ts';
import { mergedBlocks } from './blocks.ts';
import type { Detail } from './viewport.ts';

export type Measure = 'max' | 'mean';

/** Milliseconds of a frame that new pictures may take; what is left over is made in the next. */
const BUDGET = 5;

interface Made {
  readonly canvas: HTMLCanvasElement;
  readonly key: string;
}

/**
 * Tiles as pictures, a pixel a block, each coloured once. They live as long as their tiles. One that was made for another
 * scale or theme is shown until its turn comes.
 */
export class TileImages {
  private made = new WeakMap<Tile, Made>();
  private spent = 0;
  /** Whether anything of the last frame is still to be made. */
  pending = false;

  /** A frame begins. */
  begin(): void {
    this.spent = 0;
    this.pending = false;
  }

  /**
   * @param key names table, measure and joints    @param now paid whatever it takes: for a picture of its own
   * @returns undefined where there is none yet
   */
  of(tile: Tile, table: ColorTable, measure: Measure, joint: Detail, key: string, now = false) {
    const before = this.made.get(tile);
    if (before?.key === key) return before.canvas;
    if (!now && this.spent > BUDGET) {
      this.pending = true;
      return before?.canvas;
    }
    const start = performance.now();
    const canvas = picture(tile, table, measure, joint);
    this.spent += performance.now() - start;
    this.made.set(tile, { canvas, key });
    return canvas;
  }

  /** The picture as it is, for a level that is not the one in sight. */
  any(tile: Tile, table: ColorTable, measure: Measure, key: string) {
    return this.made.get(tile)?.canvas ?? this.of(tile, table, measure, { level: 0, joinRows: 0, joinCols: 0 }, key);
  }
}

function picture(tile: Tile, table: ColorTable, measure: Measure, joint: Detail): HTMLCanvasElement {
  const { values, height, width } = mergedBlocks(tile, measure, joint.joinRows, joint.joinCols);
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const { colors } = table;
  for (let i = 0; i < pixels.length; i++) {
    const value = values[i]!;
    // Masked, or not computed yet: what lies beneath shows.
    if (!Number.isNaN(value)) pixels[i] = colors[stepOf(table, value)]!;
  }
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

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
function stepOf({ min, factor }: ColorTable, value: number): number {
  const step = (value - min) * factor + 0.5;
  return step < 0 ? 0 : step >= STEPS ? STEPS - 1 : step | 0;
}

/** Tells one table from another without comparing its colours. */
export const tableKey = ({ min, max }: ValueScale, palette: Palette): string =>
  [min, max, css(palette.background), css(palette.sequential(0.8)), css(palette.diverging(-0.8))].join();
