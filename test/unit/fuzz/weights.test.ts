import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModelFiles } from '../../../src/model/checkpoint/checkpoint-files.ts';
import { readSafetensors } from '../../../src/model/checkpoint/safetensors.ts';
import { loadWeights } from '../../../src/model/checkpoint/stored-weights.ts';
import { Weights } from '../../../src/model/checkpoint/weights.ts';
import { byteChange, changeBytes, changeJson, JUNK, jsonChange } from './mutate.ts';
import { tell, tried } from './outcome.ts';

const BYTES = new Uint8Array(readFileSync(join(import.meta.dirname, '../../fixtures/hf/bert/expected.safetensors')));
const HEADER = 8 + Number(new DataView(BYTES.buffer).getBigUint64(0, true));
const JSON_HEADER = JSON.parse(new TextDecoder().decode(BYTES.subarray(8, HEADER)));

function folder(files: Readonly<Record<string, Uint8Array>>): ModelFiles {
  return { folder: '/fuzz', list: async () => Object.keys(files), read: async (name) => files[name] };
}

/** The file with another header before the same data. */
function withHeader(header: unknown): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + BYTES.length - HEADER);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(BYTES.subarray(HEADER), 8 + json.length);
  return bytes;
}

/** Reads every tensor of a file, as a family would: nothing that is taken is larger than twice the file. */
async function readAll(bytes: Uint8Array): Promise<void> {
  const stored = await loadWeights(folder({ 'model.safetensors': bytes }));
  const weights = new Weights(stored.tensors, stored.file);
  let taken = 0;
  for (const [name, { shape, dtype }] of stored.tensors)
    if (dtype !== 'I64') taken += weights.take(name, shape).byteLength;
  expect(taken).toBeLessThanOrEqual(2 * bytes.length);
  await weights.fill();
}

test('safetensors whose bytes changed', async () => {
  const counts = { read: 0, refused: 0 };
  const began = performance.now();
  await fc.assert(
    fc.asyncProperty(byteChange, fc.boolean(), async (change, anywhere) => {
      const changed = changeBytes(BYTES, change, anywhere ? BYTES.length : HEADER);
      await tried(
        counts,
        () => readSafetensors(changed, 'x'),
        () => 'bytes',
      );
      await tried(
        counts,
        () => readAll(changed),
        () => 'bytes',
      );
    }),
    { seed: 11, numRuns: 2000 },
  );
  tell('safetensors, bytes', counts, began);
}, 120_000);

test('safetensors whose header says something else', async () => {
  const counts = { read: 0, refused: 0 };
  const began = performance.now();
  await fc.assert(
    fc.asyncProperty(fc.array(jsonChange, { minLength: 1, maxLength: 3 }), async (changes) => {
      const header = changes.reduce(changeJson, JSON_HEADER);
      await tried(
        counts,
        () => readAll(withHeader(header)),
        () => JSON.stringify(header).slice(0, 200),
      );
    }),
    { seed: 12, numRuns: 3000 },
  );
  expect(counts.refused).toBeGreaterThan(1000);
  tell('safetensors, headers', counts, began);
}, 120_000);

test('safetensors whose sizes lie: the product of a shape, an offset, or the header itself asks for terabytes', async () => {
  const counts = { read: 0, refused: 0 };
  const sizes = [0, 1, 2 ** 20, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 52, 2 ** 53 - 1, -1, 0.5];
  for (const a of sizes) {
    for (const b of sizes) {
      const header = { w: { dtype: 'F16', shape: [a, b], data_offsets: [0, BYTES.length - HEADER] } };
      await tried(
        counts,
        () => readAll(withHeader(header)),
        () => `${a} × ${b}`,
      );
      const offsets = { w: { dtype: 'F16', shape: [8], data_offsets: [a, b] } };
      await tried(
        counts,
        () => readAll(withHeader(offsets)),
        () => `${a} to ${b}`,
      );
    }
    const lying = BYTES.slice();
    new DataView(lying.buffer).setBigUint64(0, BigInt.asUintN(64, BigInt(Math.floor(a))), true);
    await tried(
      counts,
      () => readAll(lying),
      () => `a header of ${a} bytes`,
    );
  }
  expect(counts.read).toBe(0);
});

test('indexes of shards', async () => {
  const counts = { read: 0, refused: 0 };
  const began = performance.now();
  const index = { metadata: { total_size: 10 }, weight_map: { a: 'model-1.safetensors', b: 'model-2.safetensors' } };
  const names = [
    '../x.safetensors',
    '/etc/passwd',
    'a/b.safetensors',
    '..',
    '',
    'model-1.safetensors\0',
    'C:\\x.safetensors',
  ];
  await fc.assert(
    fc.asyncProperty(jsonChange, fc.constantFrom(...names, ...JUNK), byteChange, async (change, name, bytes) => {
      const changed = changeJson({ ...index, weight_map: { ...index.weight_map, c: name } }, change);
      const json = new TextEncoder().encode(JSON.stringify(changed));
      const asked: string[] = [];
      const read = async (file: string) => {
        asked.push(file);
        return file === 'model.safetensors' ? undefined : file.endsWith('.json') ? changeBytes(json, bytes) : undefined;
      };
      await tried(
        counts,
        () => loadWeights({ folder: '/fuzz', list: async () => [], read }),
        () => JSON.stringify(changed),
      );
      // Whatever it says, nothing outside of the folder is asked for.
      for (const file of asked) expect(file).toMatch(/^[\w.-]+$/);
    }),
    { seed: 13, numRuns: 1500 },
  );
  expect(counts.read).toBe(0);
  tell('indexes', counts, began);
}, 120_000);

test.each<[string, string]>([
  ['deep', '['.repeat(200_000)],
  ['deep in objects', '{"a":'.repeat(100_000)],
  ['wide', `[${'[],'.repeat(3_000_000)}1]`],
  ['many values', `[${'0,'.repeat(17_000_000)}1]`],
])('JSON that is %s is refused before it becomes anything', async (_, json) => {
  const bytes = new TextEncoder().encode(json);
  const file = new Uint8Array(8 + bytes.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(bytes.length), true);
  file.set(bytes, 8);
  const before = process.memoryUsage().heapUsed;
  await expect(loadWeights(folder({ 'model.safetensors': file }))).rejects.toMatchObject({ code: 'model-file' });
  await expect(loadWeights(folder({ 'model.safetensors.index.json': bytes }))).rejects.toMatchObject({
    code: 'model-file',
  });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64e6);
});
