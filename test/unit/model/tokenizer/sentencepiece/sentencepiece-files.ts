import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ModelProto,
  readModelProto,
} from '../../../../../src/model/tokenizer/sentencepiece/sentencepiece-file.ts';

const FOLDER = join(import.meta.dirname, '../../../../fixtures/sentencepiece');

/** One model of the fixtures, and how the sentencepiece library cuts texts with it: [text, ids]. */
export function sentencePieceFixture(name: string): {
  readonly bytes: Uint8Array;
  readonly proto: ModelProto;
  readonly rows: readonly (readonly [string, readonly number[]])[];
} {
  const bytes = new Uint8Array(readFileSync(join(FOLDER, `${name}.model`)));
  const rows = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
  return { bytes, proto: readModelProto(bytes, name), rows };
}
