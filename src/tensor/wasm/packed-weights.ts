import { type Float16Kind, type Float16Matrix, INFINITE } from '../half-precision.ts';
import type { WeightMatrix } from '../parameters.ts';
import type { OwnershipTransfer, ReservedScratch, WeightMemory } from '../weight-memory.ts';
import { type KernelExports, layoutBytes, layoutOf } from './kernel-exports.ts';
import type { KernelMemory } from './kernel-memory.ts';

/** By the numbers that the kernels have for them. */
export const HALF_KINDS: readonly Float16Kind[] = ['F16', 'BF16'];

/** Bytes of weights that are copied and packed at a time: packing needs little scratch beside the weights. */
const CHUNK = 2 ** 22;
/** … and of those that are read: they are packed while they are still in the processor's cache. */
const READ = 2 ** 18;

/** Part of the memory that weights may fill: calls need scratch, too, and weights that don't fit are packed for each call. */
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
export class PackedWeights implements WeightMemory {
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
  of(weight: WeightMatrix, way: 'transposed' | 'plain'): Packed | undefined {
    const kept = this.#kept[way];
    const source = weight.kind === undefined ? weight.data : weight.float16;
    const owned = weight.kind !== undefined && source.length === 0 ? kept.get(weight) : undefined;
    if (owned !== undefined) return owned;
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

  reserve(values: number): void {
    this.memory.reserve(values * 2);
  }

  reserveScratch(bytes: number): ReservedScratch | undefined {
    return this.memory.hold(bytes);
  }

  upcast(kind: Float16Kind, read: (into: Uint8Array) => void, out: Float32Array): boolean | undefined {
    const count = out.length;
    return this.memory.withScratch(layoutBytes([count, count]), (at) => {
      const [float16At, floatsAt] = layoutOf(at, [count, count]);
      const { buffer } = this.memory.memory;
      read(new Uint8Array(buffer, float16At, count * 2));
      const odd = this.kernels.upcastValues(float16At, HALF_KINDS.indexOf(kind), count, floatsAt, INFINITE[kind]);
      out.set(new Float32Array(buffer, floatsAt, count));
      return odd === 0;
    });
  }

  /** Packs a half-precision weight as its rows come; kept as long as the weight. */
  takeOwnership(weight: Float16Matrix): OwnershipTransfer | undefined {
    const { rows, cols, kind } = weight;
    const bytes = Math.ceil(rows / 8) * 8 * cols * 2;
    const step = Math.max(8, Math.floor(READ / (cols * 16)) * 8);
    if (rows * cols === 0 || this.memory.used + bytes > SHARE * this.memory.most) return undefined;
    const at = this.memory.take(bytes);
    if (at === undefined) return undefined;
    const packed = { at, bytes, rows, cols };
    // Also where nobody comes to say that it is done.
    this.#released.register(weight, packed);
    return {
      step,
      rows: (from, count, read) =>
        this.memory.withScratch(count * cols * 2, (scratch) => {
          read(new Uint8Array(this.memory.memory.buffer, scratch, count * cols * 2));
          return this.kernels.packFloat16(scratch, cols, count, cols, at + from * cols * 2, INFINITE[kind]) === 0;
        }),
      done: () => void this.#kept.transposed.set(weight, packed),
    };
  }

  /** Rows [from, to) of an owned weight, out of their panels. */
  ownedRows(weight: Float16Matrix, from: number, to: number): Uint16Array | undefined {
    const packed = this.#kept.transposed.get(weight);
    if (packed === undefined) return undefined;
    const { cols } = packed;
    const panels = new Uint16Array(this.memory.memory.buffer, packed.at, packed.bytes / 2);
    const out = new Uint16Array((to - from) * cols);
    for (let row = from; row < to; row++) {
      const base = (row >> 3) * cols * 8 + (row & 7);
      const start = (row - from) * cols;
      for (let p = 0; p < cols; p++) out[start + p] = panels[base + p * 8];
    }
    return out;
  }

  /** Some rows at a time: eight of them make a panel. */
  #packRows(weight: WeightMatrix, to: number): boolean {
    const { rows, cols } = weight;
    const source = weight.kind === undefined ? weight.data : weight.float16;
    const size = source.BYTES_PER_ELEMENT;
    const step = Math.max(8, Math.floor(CHUNK / (cols * size * 8)) * 8);
    const scratch = Math.min(step, rows) * cols * size;
    const done = this.memory.withScratch(scratch, (at) => {
      for (let from = 0; from < rows; from += step) {
        const count = Math.min(step, rows - from);
        const part = source.subarray(from * cols, (from + count) * cols);
        new Uint8Array(this.memory.memory.buffer, at).set(
          new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
        );
        const panels = to + from * cols * size;
        if (size === 2) this.kernels.packFloat16(at, cols, count, cols, panels, 0);
        else this.kernels.packTransposed(at, cols, count, cols, panels);
      }
      return true;
    });
    return done === true;
  }

  /** All at once: every panel needs all rows. Only W_O is used so, which is small. */
  #packColumns(weight: WeightMatrix, to: number): boolean {
    if (weight.kind !== undefined) return false;
    const { rows, cols, data } = weight;
    const done = this.memory.withScratch(data.byteLength, (at) => {
      new Float32Array(this.memory.memory.buffer, at, data.length).set(data);
      this.kernels.packPlain(at, cols, rows, cols, to);
      return true;
    });
    return done === true;
  }
}
