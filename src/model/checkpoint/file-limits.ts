import { ExplorerError, type Message, message, reasonOf } from '../../contract/error.ts';
import type { ModelFiles, OpenFile } from './checkpoint-files.ts';

/** A config or tokenizer larger than this is no config or tokenizer. */
const MAX_BYTES = 64 * 2 ** 20;
/** What can be held in one piece; weights that are read in pieces may be larger. */
const MAX_WEIGHT_BYTES = 2 ** 31 - 1;

/** A folder as its host sees it; any of its calls may fail with the host's own errors. */
export interface FolderAccess {
  /** @throws when there is no such folder */
  list(): Promise<string[]>;
  /** What is known of a file before it is read: its bytes, or why it is not to be read; undefined where there is none. */
  look(name: string): Promise<number | FileRefusal | undefined>;
  read(name: string): Promise<Uint8Array>;
  /** For reading in pieces, where the host can. */
  open?(name: string): Promise<OpenFile>;
}

/** Why a file is not read, and one thing to do about it. */
export interface FileRefusal {
  readonly reason: Message;
  readonly way: Message;
}

/**
 * The files of a checkpoint folder, bounded: nothing is read before its size is known and found sensible.
 * @param folder the folder's name, for messages too
 */
export function boundedFiles(folder: string, access: FolderAccess): ModelFiles {
  const { open } = access;
  const failed = (name: string, error: unknown): ExplorerError =>
    error instanceof ExplorerError
      ? error
      : fileError(`${folder}/${name}`, reasonOf(error), message('Check its permissions.'));
  /** @returns whether there is such a file, fit to be read */
  const look = async (name: string, limit: number): Promise<boolean> => {
    const found = await access.look(name);
    if (found === undefined) return false;
    const refusal = typeof found === 'number' ? tooLarge(found, limit) : found;
    if (refusal) throw fileError(`${folder}/${name}`, refusal.reason, refusal.way);
    return true;
  };
  return {
    folder,
    async list() {
      try {
        return await access.list();
      } catch (error) {
        if (error instanceof ExplorerError) throw error;
        throw new ExplorerError(
          'model-missing',
          'There is no model folder at {folder}. Choose a folder that holds config.json and model.safetensors.',
          { folder },
        );
      }
    },
    async read(name) {
      const limit = name.endsWith('.safetensors') ? MAX_WEIGHT_BYTES : MAX_BYTES;
      try {
        if (!(await look(name, limit))) return undefined;
        const bytes = await access.read(name);
        const grown = tooLarge(bytes.length, limit);
        if (grown) throw fileError(`${folder}/${name}`, grown.reason, grown.way);
        return bytes;
      } catch (error) {
        throw failed(name, error);
      }
    },
    ...(open === undefined
      ? {}
      : {
          async open(name: string) {
            try {
              if (!(await look(name, Number.POSITIVE_INFINITY))) return undefined;
              const file = await open.call(access, name);
              const { readNow } = file;
              return {
                ...file,
                read: (into: Uint8Array, at: number) =>
                  file.read(into, at).catch((error: unknown) => {
                    throw failed(name, error);
                  }),
                ...(readNow === undefined
                  ? {}
                  : {
                      readNow(into: Uint8Array, at: number) {
                        try {
                          readNow(into, at);
                        } catch (error) {
                          throw failed(name, error);
                        }
                      },
                    }),
              };
            } catch (error) {
              throw failed(name, error);
            }
          },
        }),
  };
}

function tooLarge(size: number, limit: number): FileRefusal | undefined {
  if (size <= limit) return undefined;
  return {
    reason: message('it has {size} bytes, {limit} at most can be read', { size, limit }),
    way: message('Choose a smaller checkpoint.'),
  };
}

function fileError(file: string, reason: string | Message, way: Message): ExplorerError {
  return new ExplorerError('model-file', "{file} can't be read: {reason}. {way}", { file, reason, way });
}
