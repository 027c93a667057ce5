import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ExplorerError } from '../protocol/explorer-error.ts';
import type { ModelFiles } from './model-files.ts';

/** A config or tokenizer larger than this is no config or tokenizer. */
const MAX_JSON_BYTES = 64 * 2 ** 20;
/** What `readFile` can hold in one piece. */
const MAX_WEIGHT_BYTES = 2 ** 31 - 1;

/**
 * A checkpoint folder on disk. Links that lead out of it, devices and pipes are not read; sizes are checked first.
 * @param folder absolute path
 */
export function nodeFiles(folder: string): ModelFiles {
  return {
    folder,
    async list() {
      try {
        return await readdir(await realpath(folder));
      } catch {
        throw new ExplorerError(
          'model-missing',
          `There is no model folder at ${folder}. Choose a folder that holds config.json and model.safetensors.`,
          { folder },
        );
      }
    },
    async read(name) {
      const path = join(folder, name);
      let size: number;
      let real: string;
      try {
        const root = await realpath(folder);
        real = await realpath(path);
        if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) {
          throw fileError(path, 'it lies outside the model folder', 'Copy the file itself into the folder.');
        }
        const found = await stat(real);
        if (!found.isFile()) throw fileError(path, 'it is not a regular file', 'Put the file itself there.');
        size = found.size;
      } catch (error) {
        if (error instanceof ExplorerError) throw error;
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw fileError(path, (error as Error).message, 'Check its permissions.');
      }
      const limit = name.endsWith('.json') ? MAX_JSON_BYTES : MAX_WEIGHT_BYTES;
      if (size > limit) {
        throw fileError(path, `it has ${size} bytes, ${limit} at most can be read`, 'Choose a smaller checkpoint.');
      }
      try {
        const bytes = await readFile(real);
        return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      } catch (error) {
        throw fileError(path, (error as Error).message, 'Check its permissions.');
      }
    },
  };
}

function fileError(file: string, reason: string, way: string): ExplorerError {
  return new ExplorerError('model-file', `${file} can't be read: ${reason}. ${way}`, { file, reason });
}
