import { ExplorerError } from '../../contract/error.ts';
import { type HalfKind, widenHalves } from '../../tensor/half-precision.ts';
import type { StoredTensor } from './safetensors.ts';

/** Bytes of a value of the dtypes that weights may have. */
const FLOAT_BYTES: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2 };

/**
 * Bytes of one value.
 * @throws ExplorerError 'model-file' for a dtype other than F32, F16 and BF16, by its name
 */
export function floatBytes(dtype: string, where: string): number {
  const size = Object.hasOwn(FLOAT_BYTES, dtype) ? FLOAT_BYTES[dtype] : undefined;
  if (size === undefined) throw wrongType(dtype, where, 'F32, F16 or BF16');
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
  widen(bytes, dtype, out);
  return out;
}

/**
 * Little-endian values as 32-bit floats.
 * @param bytes of as many values as `out` holds; they need not be aligned    @param dtype F32, F16 or BF16
 */
export function widen(bytes: Uint8Array, dtype: string, out: Float32Array): void {
  if (dtype === 'F32') {
    new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(bytes);
    return;
  }
  // A copy where the file's buffer is not aligned. (Not `slice`, which on Node's Buffer copies nothing.)
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
  widenHalves(new Uint16Array(aligned.buffer, aligned.byteOffset, out.length), dtype as HalfKind, out);
}

/**
 * Values of an I64 tensor as numbers.
 * @throws ExplorerError 'model-file' for another dtype, and for values past 2^53
 */
export function decodeIntegers(tensor: StoredTensor, where: string): number[] {
  if (tensor.dtype !== 'I64') throw wrongType(tensor.dtype, where, 'I64');
  const values = Array.from(new BigInt64Array(new Uint8Array(tensor.bytes).buffer), Number);
  if (!values.every(Number.isSafeInteger)) {
    throw new ExplorerError('model-file', `${where} holds integers past 2^53. Export it again.`, { where });
  }
  return values;
}

function wrongType(dtype: string, where: string, expected: string): ExplorerError {
  return new ExplorerError(
    'model-file',
    `${where} is stored as ${dtype}, which can't be read. Convert it to ${expected}.`,
    { where, dtype, expected },
  );
}
