import { ExplorerError } from '../protocol/explorer-error.ts';
import { backend } from '../tensor/backend.ts';
import type { HalfMatrix } from '../tensor/half-matrix.ts';
import { floatBytes, widen } from './decode-tensor.ts';
import type { StoredWeight } from './load-weights.ts';
import type { Checkpoint } from './model.ts';

/** A tensor's values and the place that they go to. */
export interface WantedWeight {
  readonly name: string;
  readonly stored: StoredWeight;
  /** 32-bit floats, or a matrix that keeps half-precision ones as they are stored. */
  readonly into: Float32Array | HalfMatrix;
  /** Rows that it is stored in, where it is to be turned: [rows, cols] → [cols, rows]. */
  readonly rows: number | undefined;
}

/** Values read at once: what is held besides the weights themselves is a few of these. */
const PIECE = 2 ** 20;

/** What is read into, over and over. */
interface Scratch {
  readonly bytes: Uint8Array;
  readonly values: Float32Array;
}

/**
 * Reads tensors into their places, widened to 32 bits on the way or as they are: nothing of the files is kept, and what
 * the kernels take into their own memory is nowhere else.
 * @param checkpoint called between the pieces with the part that is read, in [0, 1]; may throw to cancel
 * @throws ExplorerError 'model-nan', 'model-file'
 */
export async function fillWeights(wanted: readonly WantedWeight[], checkpoint?: Checkpoint): Promise<void> {
  // In the order of the file, which disks read fastest.
  const order = [...wanted].sort((a, b) => compare(a.stored.file, b.stored.file) || a.stored.begin - b.stored.begin);
  const all = order.reduce((sum, weight) => sum + countOf(weight), 0);
  const scratch = { bytes: new Uint8Array(PIECE * 4), values: new Float32Array(PIECE) };
  let done = 0;
  for (const weight of order) {
    const step = async (part: number) => checkpoint?.((done + part) / all);
    if (weight.into instanceof Float32Array) await fillWide(weight, weight.into, scratch, step);
    else await fillHalf(weight, weight.into, step);
    done += countOf(weight);
  }
  await checkpoint?.(1);
}

async function fillWide(weight: WantedWeight, into: Float32Array, scratch: Scratch, step: Step): Promise<void> {
  const { name, stored, rows } = weight;
  const size = floatBytes(stored.dtype, `${name} in ${stored.file}`);
  for (let from = 0; from < into.length; from += PIECE) {
    await step(from);
    const count = Math.min(PIECE, into.length - from);
    const piece = scratch.bytes.subarray(0, count * size);
    await stored.from.read(piece, stored.begin + from * size);
    const target = rows === undefined ? into.subarray(from, from + count) : scratch.values.subarray(0, count);
    widen(piece, stored.dtype, target);
    const at = notFinite(target);
    if (at >= 0) throw notNumber(weight, from + at, String(target[at]));
    if (rows !== undefined) scatter(target, from, into, rows);
  }
}

async function fillHalf(weight: WantedWeight, into: HalfMatrix, step: Step, adopt = true): Promise<void> {
  const { stored, rows } = weight;
  const adoption = adopt && rows === undefined ? backend()?.adopt(into) : undefined;
  const own = adoption === undefined ? halvesFor(weight, into) : undefined;
  const cols = rows === undefined ? into.cols : into.rows;
  const many = adoption?.step ?? Math.max(1, Math.floor(PIECE / cols));
  const piece = new Uint16Array(many * cols);
  const count = (into.rows * into.cols) / cols;
  for (let row = 0; row < count; row += many) {
    await step(row * cols);
    const part = piece.subarray(0, Math.min(many, count - row) * cols);
    await stored.from.read(new Uint8Array(part.buffer, 0, part.byteLength), stored.begin + row * cols * 2);
    const at = allOnes(part, stored.dtype === 'BF16' ? 0x7f80 : 0x7c00);
    if (at >= 0) throw notNumber(weight, row * cols + at, 'NaN or Infinity');
    if (adoption !== undefined) {
      if (!adoption.rows(row, part)) return fillHalf(weight, into, step, false);
    } else if (rows === undefined) own!.set(part, row * cols);
    else scatter(part, row * cols, own!, rows);
  }
  adoption?.done();
  if (own !== undefined) into.halves = own;
}

function halvesFor({ name, stored }: WantedWeight, { rows, cols }: HalfMatrix): Uint16Array {
  try {
    return new Uint16Array(rows * cols);
  } catch {
    throw tooLarge(name, stored.file, rows * cols);
  }
}

/** @returns the failure to throw where there is no memory for a tensor */
export function tooLarge(tensor: string, file: string, count: number): ExplorerError {
  return new ExplorerError(
    'model-file',
    `${file} needs more memory than there is: ${tensor} alone has ${count} values. Close other models, or choose a smaller checkpoint.`,
    { file, tensor, count },
  );
}

type Step = (part: number) => Promise<void>;
type Values = Float32Array | Uint16Array;

/** Values from place `from` of a row-major [rows, cols] on, into [cols, rows]. */
function scatter(values: Values, from: number, into: Values, rows: number): void {
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

function notNumber({ name, stored }: WantedWeight, at: number, value: string): ExplorerError {
  return new ExplorerError(
    'model-nan',
    `${name} in ${stored.file} holds ${value} (at ${at}), so every result would be undefined. ` +
      'Export the checkpoint again, or choose another.',
    { tensor: name, file: stored.file, value, at },
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

function countOf({ into }: WantedWeight): number {
  return into instanceof Float32Array ? into.length : into.rows * into.cols;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
