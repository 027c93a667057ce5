import type { AtlasTile } from '../../src/contract/tiles.ts';
import { type ColorTable, stepOf } from '../atlas/color-table.ts';
import { joinedBlocks } from '../atlas/joined-blocks.ts';
import type { Detail } from '../atlas/levels.ts';

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
export class TilePictures {
  private made = new WeakMap<AtlasTile, Made>();
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
  of(tile: AtlasTile, table: ColorTable, measure: Measure, joint: Detail, key: string, now = false) {
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
  any(tile: AtlasTile, table: ColorTable, measure: Measure, key: string) {
    return this.made.get(tile)?.canvas ?? this.of(tile, table, measure, { level: 0, joinRows: 0, joinCols: 0 }, key);
  }
}

function picture(tile: AtlasTile, table: ColorTable, measure: Measure, joint: Detail): HTMLCanvasElement {
  const { values, height, width } = joinedBlocks(tile, measure, joint.joinRows, joint.joinCols);
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
