import { ExplorerError, type Message, message } from '../../contract/error.ts';
import { type Float16Kind, INFINITE, upcast } from '../../tensor/half-precision.ts';
import type { StoredTensor } from './safetensors.ts';

/** Bytes of a value of the dtypes that weights may have. */
const FLOAT_BYTES: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2 };

/**
 * Bytes of one value.
 * @throws ExplorerError 'model-file' for a dtype other than F32, F16 and BF16, by its name
 */
export function floatBytes(dtype: string, where: string): number {
  const size = Object.hasOwn(FLOAT_BYTES, dtype) ? FLOAT_BYTES[dtype] : undefined;
  if (size === undefined) throw wrongType(dtype, where, message('F32, F16 or BF16'));
  return size;
}

/**
 * Values of a floating-point tensor as 32-bit floats.
 * @param where tensor and file, for messages
 * @throws ExplorerError 'model-file' for a dtype other than F32, F16 and BF16
 */
export function decodeFloats(tensor: StoredTensor, where: string): Float32Array {
  const { dtype, bytes } = tensor;
  const out = new Float32Array(bytes.length / floatBytes(dtype, where));
  upcastBytes(bytes, dtype, out);
  return out;
}

/**
 * Little-endian values as 32-bit floats.
 * @param bytes of as many values as `out` holds; they need not be aligned    @param dtype F32, F16 or BF16
 */
export function upcastBytes(bytes: Uint8Array, dtype: string, out: Float32Array): void {
  if (dtype === 'F32') {
    new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(bytes);
    return;
  }
  // A copy where the file's buffer is not aligned. (Not `slice`, which on Node's Buffer copies nothing.)
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
  upcast(new Uint16Array(aligned.buffer, aligned.byteOffset, out.length), dtype as Float16Kind, out);
}

/**
 * Values of an I64 tensor as numbers.
 * @throws ExplorerError 'model-file' for another dtype, and for values past 2^53
 */
export function decodeIntegers(tensor: StoredTensor, where: string): number[] {
  if (tensor.dtype !== 'I64') throw wrongType(tensor.dtype, where, 'I64');
  const values = Array.from(new BigInt64Array(new Uint8Array(tensor.bytes).buffer), Number);
  if (!values.every(Number.isSafeInteger)) {
    throw new ExplorerError('model-file', '{where} holds integers past 2^53. Export it again.', { where });
  }
  return values;
}

function wrongType(dtype: string, where: string, expected: string | Message): ExplorerError {
  return new ExplorerError(
    'model-file',
    "{where} is stored as {dtype}, which can't be read. Convert it to {expected}.",
    { where, dtype, expected },
  );
}

/** A value is NaN or ±∞ where all bits of its exponent are ones: then, and only then, adding `LOWEST` to them reaches the next bit. */
const EXPONENT_32 = 0x7f800000;
const LOWEST_32 = 0x00800000;

/**
 * Place of the first value that is NaN or infinite, −1 where there is none.
 * @param bytes whole little-endian values, at a multiple of four    @param dtype F32, F16 or BF16
 */
export function indexOfNonFinite(bytes: Uint8Array, dtype: string): number {
  return dtype === 'F32' ? inFloats(bytes) : inHalves(bytes, INFINITE[dtype as Float16Kind]);
}

/** No branch for any value: one that is infinite is looked for only once it is known to be there. */
function inFloats({ buffer, byteOffset, byteLength }: Uint8Array): number {
  const bits = new Int32Array(buffer, byteOffset, byteLength / 4);
  let reached = 0;
  for (let i = 0; i < bits.length; i++) reached |= (bits[i] & EXPONENT_32) + LOWEST_32;
  return reached >= 0 ? -1 : bits.findIndex((value) => (value & EXPONENT_32) === EXPONENT_32);
}

/** Two values at a time. */
function inHalves({ buffer, byteOffset, byteLength }: Uint8Array, exponent: number): number {
  const pairs = new Int32Array(buffer, byteOffset, byteLength >> 2);
  const both = exponent | (exponent << 16);
  const lowest = 0x8000 - exponent;
  const lowestOfBoth = lowest | (lowest << 16);
  let reached = 0;
  for (let i = 0; i < pairs.length; i++) reached |= (pairs[i] & both) + lowestOfBoth;
  const halves = new Uint16Array(buffer, byteOffset, byteLength >> 1);
  if (halves.length % 2 === 1) reached |= (halves[halves.length - 1] & exponent) + lowest;
  return (reached & 0x80008000) === 0 ? -1 : halves.findIndex((value) => (value & exponent) === exponent);
}

/** What a message names, and how the values are written. */
interface CheckedTensor {
  readonly name: string;
  readonly stored: { readonly file: string; readonly dtype: string };
}

/**
 * Weights that are no numbers would make everything undefined.
 * @param bytes of some of its values, at a multiple of four    @param from place of the first of them in the tensor
 * @throws ExplorerError 'model-nan' naming the tensor, the value and its place
 */
export function checkNumbers({ name, stored }: CheckedTensor, bytes: Uint8Array, from: number): void {
  const { file, dtype } = stored;
  const place = indexOfNonFinite(bytes, dtype);
  if (place < 0) return;
  const size = floatBytes(dtype, name);
  const found = new Float32Array(1);
  upcastBytes(bytes.slice(place * size, (place + 1) * size), dtype, found);
  const [value, at] = [String(found[0]), from + place];
  throw new ExplorerError(
    'model-nan',
    '{tensor} in {file} holds {value} (at {at}), so every result would be undefined. ' +
      'Export the checkpoint again, or choose another.',
    { tensor: name, file, value, at },
  );
}

type Values = Float32Array | Uint16Array;

/** Rows at a time: as many values lie side by side afterwards, and are written while their cache line is at hand. */
const SIDE = 16;

/**
 * Values from place `from` of a row-major [rows, cols] on, into [cols, rows]. They may begin and end within a row.
 * @param rows of the matrix as it is stored
 */
export function transposeRows(values: Values, from: number, into: Values, rows: number): void {
  const cols = into.length / rows;
  const first = Math.min(values.length, (cols - (from % cols)) % cols);
  for (let i = 0; i < first; i++) put(i);
  let at = first;
  for (; values.length - at >= cols; ) {
    const count = Math.min(SIDE, Math.floor((values.length - at) / cols));
    const row = (from + at) / cols;
    for (let col = 0; col < cols; col++) {
      const to = col * rows + row;
      for (let r = 0; r < count; r++) into[to + r] = values[at + r * cols + col];
    }
    at += count * cols;
  }
  for (; at < values.length; at++) put(at);

  function put(i: number): void {
    const place = from + i;
    into[(place % cols) * rows + Math.floor(place / cols)] = values[i];
  }
}
