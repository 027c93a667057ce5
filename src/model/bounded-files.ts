import { ExplorerError } from '../protocol/explorer-error.ts';
import type { ModelFiles } from './model-files.ts';

/** A config or tokenizer larger than this is no config or tokenizer. */
const MAX_JSON_BYTES = 64 * 2 ** 20;
/** What can be held in one piece. */
const MAX_WEIGHT_BYTES = 2 ** 31 - 1;

/** A folder as its host sees it; any of its calls may fail with the host's own errors. */
export interface FolderAccess {
  /** @throws when there is no such folder */
  list(): Promise<string[]>;
  /** What is known of a file before it is read: its bytes, or why it is not to be read; undefined where there is none. */
  look(name: string): Promise<number | FileRefusal | undefined>;
  read(name: string): Promise<Uint8Array>;
}

/** Why a file is not read, and one thing to do about it. */
export interface FileRefusal {
  readonly reason: string;
  readonly way: string;
}

/**
 * The files of a checkpoint folder, bounded: nothing is read before its size is known and found sensible.
 * @param folder the folder's name, for messages too
 */
export function boundedFiles(folder: string, access: FolderAccess): ModelFiles {
  return {
    folder,
    async list() {
      try {
        return await access.list();
      } catch (error) {
        if (error instanceof ExplorerError) throw error;
        throw new ExplorerError(
          'model-missing',
          `There is no model folder at ${folder}. Choose a folder that holds config.json and model.safetensors.`,
          { folder },
        );
      }
    },
    async read(name) {
      const limit = name.endsWith('.json') ? MAX_JSON_BYTES : MAX_WEIGHT_BYTES;
      try {
        const found = await access.look(name);
        if (found === undefined) return undefined;
        const refusal = typeof found === 'number' ? tooLarge(found, limit) : found;
        if (refusal) throw fileError(`${folder}/${name}`, refusal);
        const bytes = await access.read(name);
        const grown = tooLarge(bytes.length, limit);
        if (grown) throw fileError(`${folder}/${name}`, grown);
        return bytes;
      } catch (error) {
        if (error instanceof ExplorerError) throw error;
        throw fileError(`${folder}/${name}`, { reason: (error as Error).message, way: 'Check its permissions.' });
      }
    },
  };
}

function tooLarge(size: number, limit: number): FileRefusal | undefined {
  if (size <= limit) return undefined;
  return { reason: `it has ${size} bytes, ${limit} at most can be read`, way: 'Choose a smaller checkpoint.' };
}

function fileError(file: string, { reason, way }: FileRefusal): ExplorerError {
  return new ExplorerError('model-file', `${file} can't be read: ${reason}. ${way}`, { file, reason });
}
