import type { OpenFile } from './checkpoint/checkpoint-files.ts';

/** Milliseconds: a disk that once took longer for a piece is waited for, so that the thread can do something else. */
const SLOW = 50;

/**
 * Reads files a piece at a time. Where the file can be read at once (it is in memory, or on a quick disk) its bytes go straight
 * to where they are wanted; else they are waited for in a buffer of their own, and copied.
 */
export class PieceReader {
  #slow = false;
  #waited = new Uint8Array();

  /** @param now milliseconds */
  constructor(private readonly now = () => performance.now()) {}

  /**
   * Bytes [at, at + length) of a file, once they can be had at once.
   * @returns writes them to an array of that length, within the same turn    @throws ExplorerError 'model-file'
   */
  async ready(file: OpenFile, at: number, length: number): Promise<(into: Uint8Array) => void> {
    const { readNow } = file;
    if (readNow !== undefined && !this.#slow) {
      return (into) => {
        const began = this.now();
        readNow(into, at);
        this.#slow = this.now() - began > SLOW;
      };
    }
    if (this.#waited.length < length) this.#waited = new Uint8Array(length);
    const bytes = this.#waited.subarray(0, length);
    await file.read(bytes, at);
    return (into) => into.set(bytes);
  }
}
