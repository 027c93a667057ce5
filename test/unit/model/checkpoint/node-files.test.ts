import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelFiles, OpenFile } from '../../../../src/model/checkpoint/checkpoint-files.ts';
import { nodeFiles } from '../../../../src/model/checkpoint/node-files.ts';
import { readSafetensors } from '../../../../src/model/checkpoint/safetensors.ts';
import { loadWeights } from '../../../../src/model/checkpoint/stored-weights.ts';
import { indexOfNonFinite, transposeRows } from '../../../../src/model/checkpoint/tensor-values.ts';
import { BlockReader } from '../../../../src/model/checkpoint/weight-reader.ts';
import { Weights } from '../../../../src/model/checkpoint/weights.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import { type Float16Matrix, float16Values, INFINITE } from '../../../../src/tensor/half-precision.ts';
import { storedFloat16 } from '../../../../src/tensor/half-precision-product.ts';
import { useKernels } from '../../../../src/tensor/kernels.ts';
import { instantiateKernels } from '../../../../src/tensor/wasm/choose-kernels.ts';
import type { WasmKernels } from '../../../../src/tensor/wasm/wasm-kernels.ts';
import { BACKENDS, kernelBytes } from '../../tensor/wasm/all-kernels.ts';
import { fixtureFiles } from '../fixture-files.ts';

const KERNELS = BACKENDS.filter((one): one is readonly [string, WasmKernels] => one[1] !== undefined);
const RUNS = { seed: 5, numRuns: 200 };

describe('numbers that are none', () => {
  const word = fc.integer({ min: 0, max: 0xffff });

  test.each(['F16', 'BF16'] as const)(
    '%s: the first NaN or ∞ is found wherever it stands, and nothing else',
    (kind) => {
      fc.assert(
        fc.property(fc.array(word, { maxLength: 40 }), (values) => {
          const halves = Uint16Array.from(values);
          const expected = values.findIndex((value) => !Number.isFinite(float16Values(kind)[value]));
          expect(indexOfNonFinite(new Uint8Array(halves.buffer), kind)).toBe(expected);
        }),
        RUNS,
      );
    },
  );

  test('F32: the first NaN or ∞ is found, and the largest float is none', () => {
    const odd = fc.constantFrom(
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      3.4028234663852886e38,
      0,
    );
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: fc.float() }, { weight: 1, arbitrary: odd })), (values) => {
        const floats = Float32Array.from(values);
        const expected = floats.findIndex((value) => !Number.isFinite(value));
        expect(indexOfNonFinite(new Uint8Array(floats.buffer), 'F32')).toBe(expected);
      }),
      RUNS,
    );
  });

  test('the table of half-precision values is IEEE 754 binary16', () => {
    const values = float16Values('F16');
    for (let bits = 0; bits < 65536; bits++) {
      const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
      const magnitude = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
      const odd = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
      const expected = (exponent === 31 ? odd : magnitude) * (bits & 0x8000 ? -1 : 1);
      if (!Object.is(values[bits], expected)) expect([bits, values[bits]]).toEqual([bits, expected]);
    }
  });

  test.each(KERNELS)('the %s kernels see one in any row and column while they pack', (_, kernels) => {
    const shape = fc.record({ rows: fc.integer({ min: 1, max: 21 }), cols: fc.integer({ min: 1, max: 21 }) });
    const kinds = fc.constantFrom<Float16Matrix['kind']>('F16', 'BF16');
    fc.assert(
      fc.property(shape, kinds, fc.nat(), fc.boolean(), fc.boolean(), ({ rows, cols }, kind, place, bad, minus) => {
        // The largest finite one everywhere, but for one place.
        const halves = new Uint16Array(rows * cols).fill(INFINITE[kind] - 1);
        const value = INFINITE[kind] - (bad ? 0 : 1) + (minus ? 0x8000 : 0);
        halves[place % halves.length] = value;
        const empty = { rows, cols, kind, float16: new Uint16Array() };
        const fine = kernels.weightMemory
          .takeOwnership(empty)!
          .rows(0, rows, (into) => into.set(new Uint8Array(halves.buffer)));
        expect(fine).toBe(!bad);
      }),
      RUNS,
    );
  });
});

test.each(KERNELS)(
  'the %s kernels upcast every half-precision value exactly, and see those that are no numbers',
  (_, kernels) => {
    for (const kind of ['F16', 'BF16'] as const) {
      const finite = Uint16Array.from({ length: 65536 }, (_, bits) => bits).filter(
        (bits) => (bits & 0x7fff) < INFINITE[kind],
      );
      // All of them, then few, so that whole vectors of eight are left over or lacking.
      for (const length of [finite.length, 0, 1, 7, 8, 9, 23]) {
        const halves = finite.slice(finite.length - length);
        const wide = new Float32Array(length);
        expect(kernels.weightMemory.upcast(kind, (into) => into.set(new Uint8Array(halves.buffer)), wide)).toBe(true);
        expect([...wide]).toEqual(Array.from(halves, (bits) => float16Values(kind)[bits]));
        for (let at = 0; at < Math.min(length, 23); at++) {
          const odd = halves.slice();
          odd[at] = INFINITE[kind] | (at % 2 ? 0x8000 : 1);
          expect(kernels.weightMemory.upcast(kind, (into) => into.set(new Uint8Array(odd.buffer)), wide)).toBe(false);
        }
      }
    }
  },
);

test('rows that come in pieces are turned as a whole', () => {
  const size = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      size,
      size,
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
      (rows, cols, steps) => {
        const all = Uint16Array.from({ length: rows * cols }, (_, i) => i);
        const into = new Uint16Array(rows * cols);
        for (let from = 0, i = 0; from < all.length; i++) {
          const to = Math.min(all.length, from + steps[i % steps.length]);
          transposeRows(all.subarray(from, to), from, into, rows);
          from = to;
        }
        for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) expect(into[c * rows + r]).toBe(r * cols + c);
      },
    ),
    RUNS,
  );
});

test('a file is read at once as long as its disk is quick, and waited for afterwards', async () => {
  const content = Uint8Array.from({ length: 64 }, (_, i) => i);
  const calls: string[] = [];
  const [times, into] = [[0, 1, 2, 90], new Uint8Array(16)];
  const file: OpenFile = {
    size: content.length,
    readNow(to, at) {
      calls.push('now');
      to.set(content.subarray(at, at + to.length));
    },
    async read(to, at) {
      calls.push('waited');
      to.set(content.subarray(at, at + to.length));
    },
    close: async () => undefined,
  };
  const reader = new BlockReader(() => times.shift()!);
  for (const at of [0, 16, 32, 48]) {
    (await reader.ready(file, at, 16))(into);
    expect([...into]).toEqual([...content.subarray(at, at + 16)]);
  }
  expect(calls).toEqual(['now', 'now', 'waited', 'waited']);
});

describe('from a disk into the kernels', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attention-reading-'));
  });
  afterEach(() => {
    useKernels(undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  const [rows, cols] = [3000, 1024];
  const halves = Uint16Array.from({ length: rows * cols }, (_, i) => Math.imul(i, 0x9e3779b1) & 0xbbff);
  const write = () => {
    const header = Buffer.from(
      JSON.stringify({ w: { dtype: 'F16', shape: [rows, cols], data_offsets: [0, halves.byteLength] } }),
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(join(folder, 'model.safetensors'), Buffer.concat([length, header, new Uint8Array(halves.buffer)]));
  };

  test.each(BACKENDS)(
    '%s: memory that was touched ahead, or could not be, holds what the file does',
    async (_, chosen) => {
      write();
      useKernels(chosen);
      for (const files of [nodeFiles(folder), failing(nodeFiles(folder))]) {
        const stored = await loadWeights(files);
        const weights = new Weights(stored.tensors, stored.file, { leanFrom: 0, memory: chosen?.weightMemory });
        const weight = weights.weight('w', rows, cols) as Float16Matrix;
        await weights.prefault(new AbortController().signal);
        await weights.fill();
        await stored.close();
        expect(Buffer.from(storedFloat16(weight).slice().buffer).equals(Buffer.from(halves.buffer))).toBe(true);
      }
    },
  );

  test('what else computes meanwhile neither moves that memory nor gets into it', async () => {
    const kernels = instantiateKernels('simd', kernelBytes, { mostPages: 200 })!;
    const held = kernels.weightMemory.reserveScratch(2 ** 20)!;
    held.bytes.fill(7);
    const { buffer } = kernels.memory.memory;
    const other = kernels.memory.take(2 ** 16)!;
    new Uint8Array(kernels.memory.memory.buffer, other, 2 ** 16).fill(9);
    expect(held.bytes.every((value) => value === 7)).toBe(true);
    // As much as there may be: only by growing.
    expect(kernels.memory.take(150 * 65536)).toBeUndefined();
    expect(kernels.memory.memory.buffer).toBe(buffer);
    held.giveBack();
    held.giveBack();
    expect(kernels.memory.take(150 * 65536)).toBeDefined();
    expect(kernels.memory.used).toBe(2 ** 16 + 150 * 65536);
  });

  /** A disk that fails to read aside. */
  function failing(files: ModelFiles): ModelFiles {
    return {
      ...files,
      async open(name) {
        const file = (await files.open!(name))!;
        const read = async (into: Uint8Array, at: number) => {
          if (into.length > 4096) throw new Error('no');
          return file.read(into, at);
        };
        return { ...file, read };
      },
    };
  }
});

test('is cancelled while the tokenizer is read, before any weight is, and nothing stays open', async () => {
  const files = fixtureFiles(join(import.meta.dirname, '../../../fixtures/hf/marian'));
  const bytes = (await files.read('model.safetensors'))!;
  const asked: string[] = [];
  let [open, reads] = [0, 0];
  const watched: ModelFiles = {
    ...files,
    async read(name) {
      asked.push(name);
      return files.read(name);
    },
    async open(name) {
      if (name !== 'model.safetensors') return undefined;
      open++;
      const read = async (into: Uint8Array, at: number) => {
        reads++;
        into.set(bytes.subarray(at, at + into.length));
      };
      return { size: bytes.length, read, close: async () => void open-- };
    },
  };
  const loading = loadModel(watched, () => {
    if (asked.includes('tokenizer.json')) throw new DOMException('cancelled', 'AbortError');
  });
  await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
  expect(asked.at(-1)).toBe('tokenizer.json');
  // Only the header, in two reads.
  expect([open, reads]).toEqual([0, 2]);
});

test('where weights and tokenizer are damaged, the weights are said first', async () => {
  const files = fixtureFiles(join(import.meta.dirname, '../../../fixtures/hf/marian'));
  const weights = (await files.read('model.safetensors'))!.slice();
  const read = async (name: string) => {
    if (name === 'tokenizer.json') return new TextEncoder().encode('{');
    return name === 'model.safetensors' ? weights : files.read(name);
  };
  const loading = () => loadModel({ ...files, read });
  await expect(loading()).rejects.toMatchObject({ code: 'tokenizer-file' });
  const { bytes } = readSafetensors(weights, 'marian').get('model.encoder.layers.0.fc1.bias')!;
  bytes.set(new Uint8Array(Float32Array.of(Number.NaN).buffer));
  await expect(loading()).rejects.toMatchObject({
    code: 'model-nan',
    message: expect.stringContaining('model.encoder.layers.0.fc1.bias'),
  });
});
