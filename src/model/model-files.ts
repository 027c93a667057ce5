/** Where a checkpoint's files come from. Free of `node:`, so that it can be had in a web worker too. */
export interface ModelFiles {
  /** Folder or address, for messages and as the model's name. */
  readonly folder: string;
  /** Names of the files in it. @throws ExplorerError 'model-missing' when there is no such folder */
  list(): Promise<string[]>;
  /** @returns the file's bytes, undefined where there is none. @throws ExplorerError 'model-file' when it can't be read */
  read(name: string): Promise<Uint8Array | undefined>;
}
