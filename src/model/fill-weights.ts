import { ExplorerError } from '../protocol/explorer-error.ts';
import { floatBytes, widen } from './decode-tensor.ts';
import type { StoredWeight } from './load-weights.ts';
import type { Checkpoint } from './model.ts';

/** A tensor's values and the place that they go to. */
export interface WantedWeight {
  readonly name: string;
  readonly stored: StoredWeight;
  readonly into: Float32Array;
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
  let done = 0;
  for (const weight of order) {
    const { name, stored, into, rows } = weight;
    const size = floatBytes(stored.dtype, `${name} in ${stored.file}`);
    for (let from = 0; from < into.length; from += PIECE) {
      await checkpoint?.(done / all);
      const count = Math.min(PIECE, into.length - from);
      const piece = bytes.subarray(0, count * size);
      await stored.from.read(piece, stored.begin + from * size);
      const target = rows === undefined ? into.subarray(from, from + count) : values.subarray(0, count);
      widen(piece, stored.dtype, target);
      checkNumbers(target, from, weight);
      if (rows !== undefined) scatter(target, from, into, rows);
      done += count;
    }
  }
  await checkpoint?.(1);
}

/** Values from place `from` of a row-major [rows, cols] on, into [cols, rows]. */
function scatter(values: Float32Array, from: number, into: Float32Array, rows: number): void {
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

function checkNumbers(values: Float32Array, from: number, { name, stored }: WantedWeight): void {
  // One sum tells in a fraction of the time whether all are finite; an overflow only leads to a closer look.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  if (Number.isFinite(sum)) return;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new ExplorerError(
      'model-nan',
      `${name} in ${stored.file} holds ${values[i]} (at ${from + i}), so every result would be undefined. ` +
        'Export the checkpoint again, or choose another.',
      { tensor: name, file: stored.file, value: String(values[i]) },
    );
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
