import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadModel } from '../../../src/model/load-model.ts';
import { nodeFiles } from '../../../src/model/node-files.ts';
import { readSafetensors } from '../../../src/model/safetensors.ts';
import { ExplorerError } from '../../../src/protocol/explorer-error.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/hf');
const JUNK = [null, -1, 0, 1, 0.5, 7, 2 ** 24, 1e300, '', 'x', '__proto__', true, false, [], [[]], [-1], {}, { a: 1 }];

test('a safetensors file with bytes of its header changed is read, or refused with a clear message', () => {
  const bytes = new Uint8Array(readFileSync(join(FOLDER, 'bert/expected.safetensors')));
  const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const change = fc.record({ at: fc.nat(headerEnd - 1), to: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(64), (changes, cut) => {
      const damaged = bytes.slice(0, bytes.length - (cut > 32 ? cut : 0));
      for (const { at, to } of changes) damaged[at] = to;
      try {
        readSafetensors(damaged, 'x');
      } catch (error) {
        expect(error).toBeInstanceOf(ExplorerError);
      }
    }),
    { seed: 11, numRuns: 2000 },
  );
}, 30_000);

for (const name of readdirSync(FOLDER).filter((one) => !one.includes('.'))) {
  test(`${name}: a config with any value replaced by junk loads, or is refused with a clear message`, async () => {
    const files = nodeFiles(join(FOLDER, name));
    const weights = await files.read('model.safetensors');
    const config = JSON.parse(readFileSync(join(FOLDER, name, 'config.json'), 'utf8'));
    for (const [index, key] of Object.keys(config).entries()) {
      // A quarter of the junk for each key, another quarter for the next: keeps the test to a second.
      for (const junk of JUNK.filter((_, i) => (i + index) % 4 === 0)) {
        const changed = new TextEncoder().encode(JSON.stringify({ ...config, [key]: junk }));
        const read = async (file: string) =>
          file === 'config.json' ? changed : file === 'model.safetensors' ? weights : undefined;
        try {
          await loadModel({ ...files, open: undefined, read });
        } catch (error) {
          expect(error, `${key}: ${JSON.stringify(junk)}: ${(error as Error).stack}`).toBeInstanceOf(ExplorerError);
        }
      }
    }
  }, 30_000);
}
