import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../../../src/model/loading/load-tokenizer.ts';
import { protoFields } from '../../../../src/model/tokenizer/sentencepiece/protobuf-fields.ts';
import { expectPlaced } from './invariants.ts';
import { folderOf } from './tokenizer-files.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/tokenizers');
const DROPPED = /[\p{C}\p{M}\ufffd▁]/u;

interface Fixture {
  readonly json: unknown;
  readonly slow?: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly [string, readonly number[]])[];
}

/** The table of characters that the fixtures leave out, from the model file that they were made from. */
function table(): string {
  const bytes = new Uint8Array(readFileSync(join(FOLDER, '../sentencepiece/unigram-nmt-nfkc.model')));
  for (const { field, bytes: normalizer } of protoFields(bytes)) {
    if (field !== 3) continue;
    for (const one of protoFields(normalizer!)) if (one.field === 2) return Buffer.from(one.bytes!).toString('base64');
  }
  throw new Error('no table of characters');
}

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
  const { json, slow, rows }: Fixture = JSON.parse(readFileSync(join(FOLDER, file), 'utf8').replace('TABLE', table()));
  const folders = {
    'tokenizer.json': { 'tokenizer.json': json },
    ...(slow && { [Object.keys(slow).join(', ')]: slow }),
  };
  describe(file, () => {
    test.each(Object.entries(folders))(`%s: ids are those of Hugging Face’s tokenizers`, async (_, files) => {
      const tokenizer = (await loadTokenizer(folderOf(files), 10_000))!;
      expect(rows.length).toBeGreaterThan(200);
      for (const [text, ids] of rows) {
        const tokens = tokenizer.encode(text);
        expect(
          tokens.map(({ id }) => id),
          JSON.stringify(text),
        ).toEqual(ids);
        expectPlaced(text, tokens, { dropped: DROPPED });
      }
    });
  });
}
