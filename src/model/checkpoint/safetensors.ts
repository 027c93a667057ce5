import { ExplorerError, type Message, message, Problem, reasonOf } from '../../contract/error.ts';
import { NOT_JSON, parseJson } from '../../contract/untrusted-json.ts';

/** Bytes of one value, by the names that safetensors gives them; only those that we read. */
const BYTES: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2, I64: 8 };
/** As the reference reader has it. */
const MAX_HEADER_BYTES = 100_000_000;
const MAX_TENSORS = 100_000;

/** One tensor in a file, not decoded yet. */
export interface StoredTensor {
  /** As named in the file; only F32, F16, BF16 and I64 can be decoded. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Its bytes, a view into the file. */
  readonly bytes: Uint8Array;
}

/** Where a tensor stands in its file. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes [begin, end) of the file. */
  readonly begin: number;
  readonly end: number;
}

/**
 * The header's bytes, once its length is known to be sensible.
 * @param first the file's first 8 bytes    @param size of the file
 * @returns how many bytes follow the first 8    @throws ExplorerError 'model-file'
 */
export function headerLength(first: Uint8Array, size: number, file: string): number {
  if (size < 8) throw broken(file, message('{size} bytes are too few for a header', { size }));
  const length = Number(new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true));
  if (length > size - 8) {
    throw broken(
      file,
      message('the header claims {length} bytes, {available} are there', { length, available: size - 8 }),
    );
  }
  if (length > MAX_HEADER_BYTES) {
    throw broken(file, message('the header has {length} bytes, more than {most}', { length, most: MAX_HEADER_BYTES }));
  }
  return length;
}

/**
 * Reads the header of a safetensors file and checks every claim in it: shapes, dtype × shape against offsets, offsets
 * without overlap or hole up to the very end of the file.
 * @param size of the file    @param file name for messages
 * @throws ExplorerError 'model-file' naming the file, the tensor and what is wrong with it
 * Source: https://github.com/huggingface/safetensors, "Format".
 */
export function readHeader(bytes: Uint8Array, size: number, file: string): Map<string, TensorEntry> {
  const header = parseHeader(bytes, file);
  const start = 8 + bytes.length;
  const available = size - start;
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  if (entries.length > MAX_TENSORS) {
    throw broken(file, message('{count} tensors are more than {most}', { count: entries.length, most: MAX_TENSORS }));
  }
  const spans = entries
    .map(([name, entry]) => ({ name, ...checkEntry(name, entry, available, file) }))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = 0;
  for (const span of spans) {
    const tensor = span.name;
    if (span.begin < end) throw broken(file, message('tensor {tensor} overlaps the one before it', { tensor }));
    if (span.begin > end) {
      throw broken(
        file,
        message('{bytes} bytes before tensor {tensor} belong to none', { bytes: span.begin - end, tensor }),
      );
    }
    end = span.end;
  }
  if (end !== available) {
    throw broken(file, message('{bytes} bytes at the end belong to no tensor', { bytes: available - end }));
  }
  return new Map(
    spans.map(({ name, dtype, shape, begin, end }) => [name, { dtype, shape, begin: start + begin, end: start + end }]),
  );
}

/** All tensors of a file that is in memory. Nothing is decoded or copied. @throws ExplorerError 'model-file' */
export function readSafetensors(bytes: Uint8Array, file: string): Map<string, StoredTensor> {
  const length = headerLength(bytes, bytes.length, file);
  const places = readHeader(bytes.subarray(8, 8 + length), bytes.length, file);
  return new Map(
    [...places].map(([name, { dtype, shape, begin, end }]) => [
      name,
      { dtype, shape, bytes: bytes.subarray(begin, end) },
    ]),
  );
}

function parseHeader(bytes: Uint8Array, file: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = parseJson(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw broken(
      file,
      error.template === NOT_JSON.template
        ? message('its header is not JSON')
        : message("its header can't be read: {reason}", { reason: reasonOf(error) }),
    );
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw broken(file, message('its header is not a JSON object'));
  }
  return header as Record<string, unknown>;
}

function checkEntry(tensor: string, entry: unknown, available: number, file: string) {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string') throw broken(file, message('tensor {tensor} has no dtype', { tensor }));
  if (!isSizes(shape) || shape.length > 8)
    throw broken(file, message('tensor {tensor} has no proper shape', { tensor }));
  if (!isSizes(offsets) || offsets.length !== 2)
    throw broken(file, message('tensor {tensor} has no proper offsets', { tensor }));
  const [begin, end] = offsets;
  if (begin > end || end > available) {
    throw broken(
      file,
      message('tensor {tensor} lies at bytes {begin} to {end}, {available} are there', {
        tensor,
        begin,
        end,
        available,
      }),
    );
  }
  // dtypes that we don't read have sizes that we don't check: the span is checked, and decoding refuses them by name.
  if (Object.hasOwn(BYTES, dtype)) {
    const claimed = shape.reduce((product, size) => product * size, BYTES[dtype]);
    if (claimed !== end - begin) {
      const values = { tensor, shape: shape.join(', '), dtype, needed: claimed, bytes: end - begin };
      throw broken(file, message('tensor {tensor} [{shape}] {dtype} needs {needed} bytes, has {bytes}', values));
    }
  }
  return { dtype, shape, begin, end };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function broken(file: string, reason: Message): ExplorerError {
  return new ExplorerError('model-file', '{file} is damaged: {reason}. Download or export it again.', {
    file,
    reason,
  });
}

/** A tensor to be written: 32-bit floats, or integers as I64. */
export interface TensorToWrite {
  readonly shape: readonly number[];
  readonly data: Float32Array | readonly number[];
}

/**
 * A safetensors file: F32 for Float32Array, I64 for arrays of numbers; data aligned to 8 bytes.
 * @param metadata goes into the header as `__metadata__`; texts only, as the format has it
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, TensorToWrite>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let end = 0;
  // I64 first keeps every tensor aligned without holes, which the format does not allow.
  const entries = Object.entries(tensors).sort(([, a], [, b]) => width(b) - width(a));
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  for (const [name, tensor] of entries) {
    const size = tensor.data.length * width(tensor);
    const dtype = tensor.data instanceof Float32Array ? 'F32' : 'I64';
    header[name] = { dtype, shape: tensor.shape, data_offsets: [end, end + size] };
    end += size;
  }
  let json = new TextEncoder().encode(JSON.stringify(header));
  if (json.length % 8 !== 0) {
    const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
    padded.set(json);
    json = padded;
  }
  const bytes = new Uint8Array(8 + json.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  let at = 8 + json.length;
  for (const [, tensor] of entries) {
    if (tensor.data instanceof Float32Array) {
      for (const value of tensor.data) {
        view.setFloat32(at, value, true);
        at += 4;
      }
    } else {
      for (const value of tensor.data) {
        view.setBigInt64(at, BigInt(value), true);
        at += 8;
      }
    }
  }
  return bytes;
}

function width(tensor: TensorToWrite): number {
  return tensor.data instanceof Float32Array ? 4 : 8;
}
