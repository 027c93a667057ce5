import { ExplorerError } from '../../contract/error.ts';
import type { Float16Kind, Float16Matrix } from '../../tensor/half-precision.ts';
import type { WeightMemory } from '../../tensor/weight-memory.ts';
import type { Checkpoint } from '../model.ts';
import type { OpenFile } from './checkpoint-files.ts';
import type { StoredWeight } from './stored-weights.ts';
import { checkNumbers, floatBytes, transposeRows, upcastBytes } from './tensor-values.ts';

/** A tensor's values and the place that they go to. */
export interface RequestedWeight {
  readonly name: string;
  readonly stored: StoredWeight;
  /** 32-bit floats, or a matrix that keeps half-precision ones as they are stored. */
  readonly into: Float32Array | Float16Matrix;
  /** Rows that it is stored in, where it is to be transposed: [rows, cols] → [cols, rows]. */
  readonly rows: number | undefined;
}

/** Bytes read at once: few enough to be checked and packed while they are in the processor's cache. */
const PIECE = 2 ** 18;

/** How values are read, and what is read into over and over. */
interface Scratch {
  readonly memory: WeightMemory | undefined;
  readonly reader: BlockReader;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly values: Float32Array;
}

/**
 * Reads tensors into their places, upcast to 32 bits on the way or as they are: nothing of the files is kept, and what
 * the kernels own is nowhere else.
 * @param memory of the kernels, where there are any
 * @param checkpoint called between the pieces with the part that is read, in [0, 1]; may throw to cancel
 * @throws ExplorerError 'model-nan', 'model-file'
 */
export async function fillWeights(
  wanted: readonly RequestedWeight[],
  memory: WeightMemory | undefined,
  checkpoint?: Checkpoint,
): Promise<void> {
  // In the order of the file, which disks read fastest.
  const order = [...wanted].sort((a, b) => compare(a.stored.file, b.stored.file) || a.stored.begin - b.stored.begin);
  const all = order.reduce((sum, weight) => sum + countOf(weight), 0);
  const [bytes, values] = [new Uint8Array(PIECE), new Float32Array(PIECE / 2)];
  const scratch = { memory, reader: new BlockReader(), bytes, values };
  memory?.reserve(order.filter(canBeOwned).reduce((sum, weight) => sum + countOf(weight), 0));
  let done = 0;
  for (const weight of order) {
    const step = async (part: number) => checkpoint?.((done + part) / all);
    if (weight.into instanceof Float32Array) await fillArray(weight, weight.into, scratch, step);
    else if (!(await fillOwned(weight, weight.into, scratch, step))) {
      const float16 = float16For(weight, weight.into);
      await fillArray(weight, float16, scratch, step);
      weight.into.float16 = float16;
    }
    done += countOf(weight);
  }
  await checkpoint?.(1);
}

/** Into an array of our own: straight, or by way of the scratch where values are upcast or transposed. */
async function fillArray(weight: RequestedWeight, into: Values, scratch: Scratch, step: Step): Promise<void> {
  const { name, stored, rows } = weight;
  const size = floatBytes(stored.dtype, `${name} in ${stored.file}`);
  const most = PIECE / size;
  for (let from = 0; from < into.length; from += most) {
    await step(from);
    const count = Math.min(most, into.length - from);
    const target = into.subarray(from, from + count);
    const bytes = scratch.bytes.subarray(0, count * size);
    const read = await scratch.reader.ready(stored.from, stored.begin + from * size, bytes.length);
    if (rows === undefined && into.BYTES_PER_ELEMENT === size) {
      const straight = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
      read(straight);
      checkNumbers(weight, straight, from);
    } else if (into instanceof Float32Array) {
      const wide = rows === undefined ? (target as Float32Array) : scratch.values.subarray(0, count);
      readUpcast(weight, from, read, wide, scratch.memory, bytes);
      if (rows !== undefined) transposeRows(wide, from, into, rows);
    } else {
      read(bytes);
      checkNumbers(weight, bytes, from);
      transposeRows(new Uint16Array(bytes.buffer, 0, count), from, into, rows!);
    }
  }
}

/** Values from place `from` on as 32-bit floats, by the kernels where there are any. @param bytes to read them into elsewhere */
function readUpcast(
  weight: RequestedWeight,
  from: number,
  read: Read,
  wide: Float32Array,
  memory: WeightMemory | undefined,
  bytes: Uint8Array,
): void {
  const { dtype } = weight.stored;
  if (dtype !== 'F32') {
    let seen = bytes;
    const into = (stored: Uint8Array) => {
      seen = stored;
      read(stored);
    };
    const fine = memory?.upcast(dtype as Float16Kind, into, wide);
    if (fine === false) checkNumbers(weight, seen, from);
    if (fine !== undefined) return;
  }
  read(bytes);
  checkNumbers(weight, bytes, from);
  upcastBytes(bytes, dtype, wide);
}

/** Into the memory of the kernels. @returns false where they can't own it, or have no more memory */
async function fillOwned(
  weight: RequestedWeight,
  into: Float16Matrix,
  { memory, reader }: Scratch,
  step: Step,
): Promise<boolean> {
  const transfer = canBeOwned(weight) ? memory?.takeOwnership(into) : undefined;
  if (transfer === undefined) return false;
  const { stored } = weight;
  const { rows, cols } = into;
  for (let row = 0; row < rows; row += transfer.step) {
    await step(row * cols);
    const count = Math.min(transfer.step, rows - row);
    const read = await reader.ready(stored.from, stored.begin + row * cols * 2, count * cols * 2);
    let seen: Uint8Array = new Uint8Array();
    const fine = transfer.rows(row, count, (bytes) => {
      seen = bytes;
      read(bytes);
    });
    if (fine === undefined) return false;
    if (!fine) checkNumbers(weight, seen, row * cols);
  }
  transfer.done();
  return true;
}

/** Whether the kernels can own a weight: half-precision matrices, unless they are to be transposed. */
function canBeOwned({ into, rows }: RequestedWeight): boolean {
  return !(into instanceof Float32Array) && rows === undefined;
}

function float16For({ name, stored }: RequestedWeight, { rows, cols }: Float16Matrix): Uint16Array {
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
    '{file} needs more memory than there is: {tensor} alone has {count} values. Close other models, or choose a smaller checkpoint.',
    { file, tensor, count },
  );
}

type Step = (part: number) => Promise<void>;
type Read = (into: Uint8Array) => void;
type Values = Float32Array | Uint16Array;

function countOf({ into }: RequestedWeight): number {
  return into instanceof Float32Array ? into.length : into.rows * into.cols;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Milliseconds: a disk that once took longer for a piece is waited for, so that the thread can do something else. */
const SLOW = 50;

/**
 * Reads files a piece at a time. Where the file can be read at once (it is in memory, or on a quick disk) its bytes go straight
 * to where they are wanted; else they are waited for in a buffer of their own, and copied.
 */
export class BlockReader {
  #slow = false;
  #waited = new Uint8Array();

  /** @param now milliseconds */
  constructor(private readonly now = () => performance.now()) {}

  /**
   * Bytes [at, at + length) of a file, once they can be had at once.
   * @returns writes them to an array of that length, within the same turn    @throws ExplorerError 'model-file'
   */
  async ready(file: OpenFile, at: number, length: number): Promise<(into: Uint8Array) => void> {
    const { readNow } = file;
    if (readNow !== undefined && !this.#slow) {
      return (into) => {
        const began = this.now();
        readNow(into, at);
        this.#slow = this.now() - began > SLOW;
      };
    }
    if (this.#waited.length < length) this.#waited = new Uint8Array(length);
    const bytes = this.#waited.subarray(0, length);
    await file.read(bytes, at);
    return (into) => into.set(bytes);
  }
}

/** Bytes that one thread touches at a time, and in all: about as long as reading a tokenizer takes. */
const CHUNK = 2 ** 22;
const MOST = 24 * CHUNK;
/** Chunks that are asked for at once: while this thread is at work it does not ask for more. */
const ASKED = 8;

/**
 * Prefaults memory of the kernels that weights will be read into, on other threads while this one does something else. The
 * system gives memory page by page as it is touched, which takes longer than to read a file that it caches: so other threads
 * read the file there, whatever it is that they read. It is read again to its place afterwards.
 * @param memory nothing is done without one    @param signal stops it
 * @returns once nobody writes there any more; what could not be touched is not missed
 */
export async function prefaultMemory(
  wanted: readonly RequestedWeight[],
  memory: WeightMemory | undefined,
  signal: AbortSignal,
): Promise<void> {
  const owned = wanted.filter(canBeOwned).toSorted((a, b) => a.stored.begin - b.stored.begin);
  const [first] = owned;
  if (memory === undefined || first === undefined || !first.stored.from.readsAside) return;
  const { from, begin } = first.stored;
  const size = owned.reduce((sum, { stored }) => sum + stored.end - stored.begin, 0);
  // All of it now, so that it does not grow twice.
  memory.reserve(size / 2);
  const scratch = memory.reserveScratch(Math.min(size, MOST, from.size - begin));
  if (scratch === undefined) return;
  const { bytes } = scratch;
  let next = 0;
  const touch = async (): Promise<void> => {
    while (next < bytes.length && !signal.aborted) {
      const at = next;
      next += CHUNK;
      await from.read(bytes.subarray(at, at + CHUNK), begin + at);
    }
  };
  await Promise.allSettled(Array.from({ length: ASKED }, touch));
  scratch.giveBack();
}
