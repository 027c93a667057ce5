import type { StoredMatrix } from '../backend.ts';
import type { KernelExports } from './kernel-exports.ts';
import type { KernelMemory } from './kernel-memory.ts';

/** Bytes of weights that are copied and packed at a time: packing needs little room beside the weights. */
const CHUNK = 2 ** 22;

/** Part of the memory that weights may fill: calls need room, too, and weights that don't fit are packed for each call. */
const SHARE = 0.75;

/** Weights in the kernels' memory, as panels of eight columns. */
export interface Packed {
  readonly at: number;
  readonly bytes: number;
  readonly rows: number;
  readonly cols: number;
}

/**
 * Weights packed once and kept as long as their own array: when a model is let go, its place is given back. Half-precision
 * weights stay half.
 */
export class PackedWeights {
  readonly #kept = { transposed: new WeakMap<object, Packed>(), plain: new WeakMap<object, Packed>() };
  readonly #released: FinalizationRegistry<Packed>;

  constructor(
    private readonly memory: KernelMemory,
    private readonly kernels: KernelExports,
  ) {
    this.#released = new FinalizationRegistry(({ at, bytes }) => memory.release(at, bytes));
  }

  /**
   * @param way 'transposed' for x·Wᵀ, 'plain' for x·W (32-bit weights only)
   * @returns undefined where there is no memory left
   */
  of(weight: StoredMatrix, way: 'transposed' | 'plain'): Packed | undefined {
    const source = 'halves' in weight ? weight.halves : weight.data;
    const kept = this.#kept[way];
    const known = kept.get(source);
    if (known !== undefined) return known.rows === weight.rows && known.cols === weight.cols ? known : undefined;
    const [columns, depth] = way === 'transposed' ? [weight.rows, weight.cols] : [weight.cols, weight.rows];
    const bytes = Math.ceil(columns / 8) * 8 * depth * source.BYTES_PER_ELEMENT;
    if (this.memory.used + bytes > SHARE * this.memory.most) return undefined;
    const at = this.memory.take(bytes);
    if (at === undefined) return undefined;
    const done = way === 'transposed' ? this.#packRows(weight, at) : this.#packColumns(weight, at);
    if (!done) {
      this.memory.release(at, bytes);
      return undefined;
    }
    const packed = { at, bytes, rows: weight.rows, cols: weight.cols };
    kept.set(source, packed);
    this.#released.register(source, packed);
    return packed;
  }

  /** Some rows at a time: eight of them make a panel. */
  #packRows(weight: StoredMatrix, to: number): boolean {
    const { rows, cols } = weight;
    const source = 'halves' in weight ? weight.halves : weight.data;
    const size = source.BYTES_PER_ELEMENT;
    const step = Math.max(8, Math.floor(CHUNK / (cols * size * 8)) * 8);
    const room = Math.min(step, rows) * cols * size;
    const done = this.memory.inRoom(room, (at) => {
      for (let from = 0; from < rows; from += step) {
        const count = Math.min(step, rows - from);
        const part = source.subarray(from * cols, (from + count) * cols);
        new Uint8Array(this.memory.memory.buffer, at).set(
          new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
        );
        const panels = to + from * cols * size;
        if (size === 2) this.kernels.packHalves(at, cols, count, cols, panels);
        else this.kernels.packTransposed(at, cols, count, cols, panels);
      }
      return true;
    });
    return done === true;
  }

  /** All at once: every panel needs all rows. Only W_O is used so, which is small. */
  #packColumns(weight: StoredMatrix, to: number): boolean {
    if ('halves' in weight) return false;
    const { rows, cols, data } = weight;
    const done = this.memory.inRoom(data.byteLength, (at) => {
      new Float32Array(this.memory.memory.buffer, at, data.length).set(data);
      this.kernels.packPlain(at, cols, rows, cols, to);
      return true;
    });
    return done === true;
  }
}
