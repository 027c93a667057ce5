import { readFile, stat } from 'node:fs/promises';
import { reasonOf } from './reason-of.ts';

/** What `readFile` can hold in one piece. */
const MAX_BYTES = 2 ** 31 - 1;

/**
 * The bytes of a file that the user named. Folders, pipes (which might never end) and devices are refused.
 * @throws Error naming the file, what is wrong with it and what to do
 */
export async function readRegularFile(file: string): Promise<Uint8Array> {
  let reason: string;
  try {
    const found = await stat(file);
    if (found.isFile() && found.size <= MAX_BYTES) return await readFile(file);
    reason = found.isFile() ? `it has ${found.size} bytes, too many to read` : 'it is not a regular file';
  } catch (error) {
    reason = reasonOf(error);
  }
  const resolved = file === '' ? 'An empty name' : file;
  throw new Error(`${resolved} can't be read: ${reason}. Give the path of a file that can.`);
}
