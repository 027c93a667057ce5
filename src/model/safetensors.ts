import { ExplorerError } from '../protocol/explorer-error.ts';

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

/**
 * Reads the header of a safetensors file and checks every claim in it: header length, shapes, dtype × shape against
 * offsets, offsets without overlap or hole up to the very end of the file. Nothing is decoded or copied.
 * @param file name for messages
 * @throws ExplorerError 'model-file' naming the file, the tensor and what is wrong with it
 * Source: https://github.com/huggingface/safetensors, "Format".
 */
export function readSafetensors(bytes: Uint8Array, file: string): Map<string, StoredTensor> {
  if (bytes.length < 8) throw broken(file, `${bytes.length} bytes are too few for a header`);
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (headerBytes > bytes.length - 8) {
    throw broken(file, `the header claims ${headerBytes} bytes, ${bytes.length - 8} are there`);
  }
  if (headerBytes > MAX_HEADER_BYTES) {
    throw broken(file, `the header has ${headerBytes} bytes, more than ${MAX_HEADER_BYTES}`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerBytes), file);
  const data = bytes.subarray(8 + headerBytes);
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  if (entries.length > MAX_TENSORS) throw broken(file, `${entries.length} tensors are more than ${MAX_TENSORS}`);

  const spans = entries
    .map(([name, entry]) => ({ name, ...checkEntry(name, entry, data.length, file) }))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = 0;
  for (const span of spans) {
    if (span.begin < end) throw broken(file, `tensor ${span.name} overlaps the one before it`);
    if (span.begin > end) throw broken(file, `${span.begin - end} bytes before tensor ${span.name} belong to none`);
    end = span.end;
  }
  if (end !== data.length) throw broken(file, `${data.length - end} bytes at the end belong to no tensor`);
  return new Map(
    spans.map(({ name, dtype, shape, begin, end }) => [name, { dtype, shape, bytes: data.subarray(begin, end) }]),
  );
}

function parseHeader(bytes: Uint8Array, file: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw broken(file, 'its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw broken(file, 'its header is not a JSON object');
  }
  return header as Record<string, unknown>;
}

function checkEntry(name: string, entry: unknown, available: number, file: string) {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string') throw broken(file, `tensor ${name} has no dtype`);
  if (!isSizes(shape) || shape.length > 8) throw broken(file, `tensor ${name} has no proper shape`);
  if (!isSizes(offsets) || offsets.length !== 2) throw broken(file, `tensor ${name} has no proper offsets`);
  const [begin, end] = offsets;
  if (begin > end || end > available) {
    throw broken(file, `tensor ${name} lies at bytes ${begin} to ${end}, ${available} are there`);
  }
  // dtypes that we don't read have sizes that we don't check: the span is checked, and decoding refuses them by name.
  if (Object.hasOwn(BYTES, dtype)) {
    const claimed = shape.reduce((product, size) => product * size, BYTES[dtype]);
    if (claimed !== end - begin) {
      throw broken(file, `tensor ${name} [${shape.join(', ')}] ${dtype} needs ${claimed} bytes, has ${end - begin}`);
    }
  }
  return { dtype, shape, begin, end };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function broken(file: string, reason: string): ExplorerError {
  return new ExplorerError('model-file', `${file} is damaged: ${reason}. Download or export it again.`, {
    file,
    reason,
  });
}
