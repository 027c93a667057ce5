import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, test } from 'vitest';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import { fixtureFiles } from '../model/fixture-files.ts';
import { byteChange, changeBytes, changeJson, JUNK, jsonChange } from './mutate.ts';
import { tell, tried } from './outcome.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/hf');
const counts = { read: 0, refused: 0 };
const began = performance.now();
afterAll(() => tell('configs', counts, began));

for (const name of readdirSync(FOLDER).filter((one) => !one.includes('.'))) {
  test(`${name}: any value of its configs replaced by junk, and configs that are damaged`, async () => {
    const files = fixtureFiles(join(FOLDER, name));
    const weights = await files.read('model.safetensors');
    const parse = (file: string) => JSON.parse(readFileSync(join(FOLDER, name, file), 'utf8'));
    const config = parse('config.json');
    const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    const load = (own: Readonly<Record<string, Uint8Array>>) =>
      loadModel({
        ...files,
        read: async (file) =>
          own[file] ?? (file === 'model.safetensors' ? weights : file === 'config.json' ? encode(config) : undefined),
      });
    for (const [index, key] of Object.keys(config).entries()) {
      // A quarter of the junk for each key, another quarter for the next.
      for (const junk of JUNK.filter((_, i) => (i + index) % 4 === 0)) {
        const changed = encode({ ...config, [key]: junk });
        await tried(
          counts,
          () => load({ 'config.json': changed }),
          () => `${key}: ${JSON.stringify(junk)}`,
        );
      }
    }
    const generation = { ...config, forced_decoder_ids: [[1, 2]], suppress_tokens: [1], bad_words_ids: [[1, 2], [3]] };
    await fc.assert(
      fc.asyncProperty(jsonChange, byteChange, async (change, bytes) => {
        const changed = changeJson(generation, change);
        await tried(
          counts,
          () => load({ 'generation_config.json': encode(changed) }),
          () => JSON.stringify(change),
        );
        const damaged = changeBytes(encode(config), bytes);
        await tried(
          counts,
          () => load({ 'config.json': damaged }),
          () => JSON.stringify(bytes),
        );
      }),
      { seed: 21, numRuns: 60 },
    );
  }, 120_000);
}
