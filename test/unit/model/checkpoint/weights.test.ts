import {
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forwardInputs, readInputs } from '../../../../src/cli/model-inputs.ts';
import { recordTensors } from '../../../../src/cli/record-tensors.ts';
import type { ModelFiles } from '../../../../src/model/checkpoint/checkpoint-files.ts';
import { nodeFiles } from '../../../../src/model/checkpoint/node-files.ts';
import { readSafetensors } from '../../../../src/model/checkpoint/safetensors.ts';
import { loadWeights } from '../../../../src/model/checkpoint/stored-weights.ts';
import { decodeFloats } from '../../../../src/model/checkpoint/tensor-values.ts';
import { Weights } from '../../../../src/model/checkpoint/weights.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import type { Float16Matrix } from '../../../../src/tensor/half-precision.ts';
import { storedFloat16 } from '../../../../src/tensor/half-precision-product.ts';
import { useKernels } from '../../../../src/tensor/kernels.ts';
import { BACKENDS } from '../../tensor/wasm/all-kernels.ts';
import { fixtureFiles } from '../fixture-files.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/hf');

/** A safetensors file of 16-bit tensors. */
function write(
  tensors: Readonly<Record<string, { shape: readonly number[]; data: Uint16Array }>>,
  dtype: string,
): Uint8Array {
  let end = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  let at = 8 + json.length;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** 32-bit floats cut to the nearest lower 16-bit ones: which ones does not matter here. */
function halve(values: Float32Array): Uint16Array {
  return Uint16Array.from(new Uint32Array(values.buffer, values.byteOffset, values.length), (bits) => {
    const exponent = ((bits >>> 23) & 255) - 112;
    const magnitude = exponent <= 0 ? 0 : Math.min(0x7bff, (exponent << 10) | ((bits >>> 13) & 1023));
    return ((bits >>> 16) & 0x8000) | magnitude;
  });
}

/** Byte by byte: comparing millions of numbers by toEqual takes half a minute. */
function same(a: Float32Array | Uint16Array, b: Float32Array | Uint16Array): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
}

const inMemory = (bytes: Uint8Array): ModelFiles => ({
  folder: '/memory',
  list: async () => ['model.safetensors'],
  read: async (name) => (name === 'model.safetensors' ? bytes : undefined),
});

describe('weights in half precision that stay as they are stored', () => {
  for (const name of readdirSync(FIXTURES).filter((one) => !one.includes('.'))) {
    test(`${name}: every number is the same as with widened ones, in half the memory`, async () => {
      const files = fixtureFiles(join(FIXTURES, name));
      const stored = readSafetensors((await files.read('model.safetensors'))!, name);
      const halves = Object.fromEntries(
        [...stored]
          .filter(([, { dtype }]) => dtype !== 'I64')
          .map(([key, tensor]) => [key, { shape: tensor.shape, data: halve(decodeFloats(tensor, key)) }]),
      );
      const bytes = write(halves, 'F16');
      const read = async (file: string) => (file === 'model.safetensors' ? bytes : files.read(file));
      const inputs = readSafetensors(readFileSync(join(FIXTURES, name, 'expected.safetensors')), name);
      const run = async (leanFrom: number) => {
        const model = await loadModel({ ...files, read }, undefined, { leanFrom });
        return recordTensors(model, await forwardInputs(model, inputs, name));
      };
      const [lean, wide] = [await run(0), await run(Number.POSITIVE_INFINITY)];
      expect(Object.keys(lean).length).toBeGreaterThan(2);
      expect(lean).toEqual(wide);
    });
  }
});

describe.each(BACKENDS.filter(([, one]) => one !== undefined))('weights that the %s kernels take over', (_, chosen) => {
  const memory = chosen?.weightMemory;
  afterEach(() => useKernels(undefined));

  test.each(['marian', 't5', 'gpt2', 'bert', 'vit-gpt2'])(
    '%s: what it computes and writes is the same, and its weights are nowhere else',
    async (name) => {
      const files = fixtureFiles(join(FIXTURES, name));
      const stored = readSafetensors((await files.read('model.safetensors'))!, name);
      const floats = [...stored].filter(([, { dtype }]) => dtype !== 'I64');
      const bytes = write(
        Object.fromEntries(
          floats.map(([key, tensor]) => [key, { shape: tensor.shape, data: halve(decodeFloats(tensor, key)) }]),
        ),
        'F16',
      );
      const read = async (file: string) => (file === 'model.safetensors' ? bytes : files.read(file));
      const inputs = readSafetensors(readFileSync(join(FIXTURES, name, 'expected.safetensors')), name);
      const plain = await loadModel({ ...files, read });
      const expected = recordTensors(plain, await forwardInputs(plain, inputs, name));
      useKernels(chosen);
      const model = await loadModel({ ...files, read }, undefined, { leanFrom: 0, memory });
      const found = recordTensors(model, await forwardInputs(model, inputs, name));
      for (const [key, { data }] of Object.entries(expected)) {
        for (const [i, value] of (data as Float32Array).entries())
          expect(Math.abs(value - (found[key].data[i] as number)), key).toBeLessThan(1e-4);
      }
      const stack = model.network.encoder ?? model.network.decoder!;
      const { weight } = stack.layers[0].feedForward.outer;
      if (name !== 'gpt2') expect(weight.kind !== undefined && weight.float16.length).toBe(0);
      if (model.network.decoder === undefined) return;
      const [{ source }] = readInputs(inputs, name);
      const options = { beams: 3, maxLength: 8 };
      expect(await model.generate(source, options)).toEqual(await plain.generate(source, options));
    },
  );

  test('rows come back as they were, whatever their number', async () => {
    useKernels(chosen);
    for (const [rows, cols] of [
      [1, 3],
      [8, 5],
      [21, 7],
      [4100, 520],
    ]) {
      const data = Uint16Array.from({ length: rows * cols }, (_, i) => (i * 7919) % 0x3c00);
      const stored = await loadWeights(inMemory(write({ w: { shape: [rows, cols], data } }, 'BF16')));
      const weights = new Weights(stored.tensors, stored.file, { leanFrom: 0, memory });
      const weight = weights.weight('w', rows, cols) as Float16Matrix;
      await weights.fill();
      expect(weight.float16.length).toBe(0);
      expect(same(storedFloat16(weight), data)).toBe(true);
      const [from, to] = [Math.floor(rows / 3), rows];
      expect(same(storedFloat16(weight, from, to), data.slice(from * cols))).toBe(true);
      expect(() => {
        useKernels(undefined);
        storedFloat16(weight);
      }).toThrow(/no longer in use/);
      useKernels(chosen);
    }
  });
});

describe('reading in pieces', () => {
  // More than one piece of 2²⁰ values, and no multiple of it.
  const [rows, cols] = [1500, 1001];
  const data = Uint16Array.from({ length: rows * cols }, (_, i) => (i * 7919) % 0x3c00);
  const bytes = write(
    { 'w.weight': { shape: [rows, cols], data }, last: { shape: [3], data: Uint16Array.of(0x3c00, 0x4000, 0xc000) } },
    'F16',
  );
  const open = async (leanFrom?: number) => {
    const stored = await loadWeights(inMemory(bytes));
    return new Weights(stored.tensors, stored.file, { leanFrom });
  };

  test('gives every value its place, turned or not, wide or not', async () => {
    const expected = decodeFloats({ dtype: 'F16', shape: [], bytes: new Uint8Array(data.buffer) }, 'w');
    const wide = await open();
    const [plain, turned, last] = [
      wide.matrix('w.weight', rows, cols),
      wide.transposed('w.weight', rows, cols),
      wide.take('last', [3]),
    ];
    await wide.fill();
    expect(same(plain.data, expected)).toBe(true);
    expect([...last]).toEqual([1, 2, -2]);
    expect(wide.parameters).toBe(rows * cols + 3);
    for (const [r, c] of [
      [0, 0],
      [0, 1000],
      [1047, 576],
      [1499, 1000],
    ]) {
      expect(turned.read().data[c * rows + r]).toBe(expected[r * cols + c]);
    }
    const lean = await open(0);
    const kept = lean.weight('w.weight', rows, cols);
    const turnedToo = lean.conv1d('w', cols, rows).weight;
    await lean.fill();
    expect(kept).toMatchObject({ kind: 'F16', rows, cols });
    expect(kept.kind !== undefined && same(kept.float16, data)).toBe(true);
    expect(turnedToo.kind !== undefined && turnedToo.float16[576 * rows + 1047]).toBe(data[1047 * cols + 576]);
  });

  test('tells how far it is, and stops where it is told to', async () => {
    const weights = await open();
    weights.matrix('w.weight', rows, cols);
    const parts: number[] = [];
    await weights.fill((part) => void parts.push(part));
    expect(parts[0]).toBe(0);
    expect(parts.at(-1)).toBe(1);
    expect([...parts].sort((a, b) => a - b)).toEqual(parts);
    const stop = weights.fill((part) => {
      if (part > 0.5) throw new DOMException('cancelled', 'AbortError');
    });
    await expect(stop).rejects.toMatchObject({ name: 'AbortError' });
  });

  test.each([
    ['F16', 0x7e00, undefined],
    ['F16', 0xfc00, 0],
    ['BF16', 0x7fc0, 0],
  ])('%s bits %i are refused wherever they stand', async (dtype, bits, leanFrom) => {
    const broken = data.slice();
    broken[1_200_000] = bits;
    const stored = await loadWeights(inMemory(write({ w: { shape: [rows, cols], data: broken } }, dtype)));
    const weights = new Weights(stored.tensors, stored.file, { leanFrom });
    weights.weight('w', rows, cols);
    await expect(weights.fill()).rejects.toMatchObject({
      code: 'model-nan',
      message: expect.stringMatching(
        /^w in .*model\.safetensors holds (NaN|-?Infinity|NaN or Infinity) \(at 1200000\)/,
      ),
    });
  });
});

describe('on a disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attention-weights-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('files beyond 2 GiB are read where they are needed', async () => {
    const file = join(folder, 'model.safetensors');
    const large = 3 * 2 ** 30;
    const header = Buffer.from(
      JSON.stringify({
        unused: { dtype: 'F16', shape: [large / 2], data_offsets: [0, large] },
        w: { dtype: 'F32', shape: [2], data_offsets: [large, large + 8] },
      }),
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(file, Buffer.concat([length, header]));
    // A hole in the file, which takes no room.
    truncateSync(file, 8 + header.length + large);
    const end = openSync(file, 'r+');
    writeSync(end, new Uint8Array(Float32Array.of(1.5, -2).buffer), 0, 8, 8 + header.length + large);
    const stored = await loadWeights(nodeFiles(folder));
    const weights = new Weights(stored.tensors, stored.file);
    const values = weights.take('w', [2]);
    await weights.fill();
    await stored.close();
    expect([...values]).toEqual([1.5, -2]);
    expect(stored.bytes).toBeGreaterThan(large);
  });

  test('a file that becomes shorter while it is read is an error, not a wait', async () => {
    const file = join(folder, 'model.safetensors');
    writeFileSync(file, write({ w: { shape: [4], data: new Uint16Array(4) } }, 'F16'));
    const stored = await loadWeights(nodeFiles(folder));
    const weights = new Weights(stored.tensors, stored.file);
    weights.take('w', [4]);
    truncateSync(file, 20);
    await expect(weights.fill()).rejects.toMatchObject({
      code: 'model-file',
      message: expect.stringMatching(/ends too early/),
    });
    await stored.close();
  });
});
