/** Where a checkpoint's files come from. Free of `node:`, so that it can be had in a web worker too. */
export interface ModelFiles {
  /** Folder or address, for messages and as the model's name. */
  readonly folder: string;
  /** Names of the files in it. @throws ExplorerError 'model-missing' when there is no such folder */
  list(): Promise<string[]>;
  /** @returns the file's bytes, undefined where there is none. @throws ExplorerError 'model-file' when it can't be read */
  read(name: string): Promise<Uint8Array | undefined>;
  /**
   * For files that are too large to be read at once: weights. Where a host can't, the whole file is read.
   * @returns undefined where there is no such file. @throws ExplorerError 'model-file' when it can't be read
   */
  open?(name: string): Promise<OpenFile | undefined>;
}

/** A file that is read in pieces. */
export interface OpenFile {
  /** In bytes, when it was opened. */
  readonly size: number;
  /** Fills `into` from byte `at` on. @throws ExplorerError 'model-file' when it can't, or the file has become shorter */
  read(into: Uint8Array, at: number): Promise<void>;
  /** Whether `read` is done by another thread. */
  readonly readsAside?: boolean;
  /** The same at once, where the host can: `into` may then lie in memory that does not stay where it is. */
  readNow?(into: Uint8Array, at: number): void;
  close(): Promise<void>;
}

/** A file to be read in pieces, from whatever the folder offers. @returns undefined where there is none */
export async function openFile(files: ModelFiles, name: string): Promise<OpenFile | undefined> {
  if (files.open !== undefined) return files.open(name);
  const bytes = await files.read(name);
  if (bytes === undefined) return undefined;
  const readNow = (into: Uint8Array, at: number) => into.set(bytes.subarray(at, at + into.length));
  return { size: bytes.length, readNow, read: async (into, at) => readNow(into, at), close: async () => undefined };
}
