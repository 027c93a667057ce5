import { ExplorerError } from '../protocol/explorer-error.ts';
import { floatBytes, widen } from './decode-tensor.ts';
import type { StoredWeight } from './load-weights.ts';
import type { Checkpoint } from './model.ts';

/** A tensor's values and the place that they go to. */
export interface WantedWeight {
  readonly name: string;
  readonly stored: StoredWeight;
  /** 32-bit floats, or the bits of half-precision ones as they are stored. */
  readonly into: Float32Array | Uint16Array;
  /** Rows that it is stored in, where it is to be turned: [rows, cols] → [cols, rows]. */
  readonly rows: number | undefined;
}

/** Values read at once: what is held besides the weights themselves is 8 MiB. */
const PIECE = 2 ** 20;

/**
 * Reads tensors into their places, widened to 32 bits on the way: nothing of the files is kept.
 * @param checkpoint called between the pieces with the part that is read, in [0, 1]; may throw to cancel
 * @throws ExplorerError 'model-nan', 'model-file'
 */
export async function fillWeights(wanted: readonly WantedWeight[], checkpoint?: Checkpoint): Promise<void> {
  // In the order of the file, which disks read fastest.
  const order = [...wanted].sort((a, b) => compare(a.stored.file, b.stored.file) || a.stored.begin - b.stored.begin);
  const all = order.reduce((sum, { into }) => sum + into.length, 0);
  const bytes = new Uint8Array(PIECE * 4);
  const values = new Float32Array(PIECE);
  const bits = new Uint16Array(PIECE);
  let done = 0;
  for (const weight of order) {
    const { name, stored, into, rows } = weight;
    const size = floatBytes(stored.dtype, `${name} in ${stored.file}`);
    for (let from = 0; from < into.length; from += PIECE) {
      await checkpoint?.(done / all);
      const count = Math.min(PIECE, into.length - from);
      const piece = bytes.subarray(0, count * size);
      await stored.from.read(piece, stored.begin + from * size);
      const scratch = into instanceof Float32Array ? values : bits;
      const target = rows === undefined ? into.subarray(from, from + count) : scratch.subarray(0, count);
      if (target instanceof Float32Array) widen(piece, stored.dtype, target);
      else new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(piece);
      checkNumbers(target, from, weight);
      if (rows !== undefined) scatter(target, from, into, rows);
      done += count;
    }
  }
  await checkpoint?.(1);
}

/** Values from place `from` of a row-major [rows, cols] on, into [cols, rows]. */
function scatter(
  values: Float32Array | Uint16Array,
  from: number,
  into: Float32Array | Uint16Array,
  rows: number,
): void {
  const cols = into.length / rows;
  let row = Math.floor(from / cols);
  let col = from % cols;
  for (let i = 0; i < values.length; i++) {
    into[col * rows + row] = values[i];
    if (++col === cols) {
      col = 0;
      row++;
    }
  }
}

function checkNumbers(values: Float32Array | Uint16Array, from: number, { name, stored }: WantedWeight): void {
  const at =
    values instanceof Float32Array ? notFinite(values) : allOnes(values, stored.dtype === 'BF16' ? 0x7f80 : 0x7c00);
  if (at < 0) return;
  const value = values instanceof Float32Array ? values[at] : 'NaN or Infinity';
  throw new ExplorerError(
    'model-nan',
    `${name} in ${stored.file} holds ${value} (at ${from + at}), so every result would be undefined. ` +
      'Export the checkpoint again, or choose another.',
    { tensor: name, file: stored.file, value: String(value), at: from + at },
  );
}

function notFinite(values: Float32Array): number {
  // One sum tells in a fraction of the time whether all are finite; an overflow only leads to a closer look.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return Number.isFinite(sum) ? -1 : values.findIndex((value) => !Number.isFinite(value));
}

/** First value whose exponent, the bits of the mask, is all ones. */
function allOnes(bits: Uint16Array, mask: number): number {
  for (let i = 0; i < bits.length; i++) if ((bits[i] & mask) === mask) return i;
  return -1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
