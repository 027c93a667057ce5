import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TokenizerFiles } from '../../../../src/model/tokenizer/tokenizer-files.ts';

/** The bundled checkpoint's folder. */
export const bundled: TokenizerFiles = {
  folder: fileURLToPath(new URL('../../../../models/en-zh', import.meta.url)),
  read: async (name) => {
    try {
      return new Uint8Array(await readFile(`${bundled.folder}/${name}`));
    } catch {
      return undefined;
    }
  },
};
