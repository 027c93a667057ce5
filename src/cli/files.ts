import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

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

/**
 * Says before the work is done that its result could not be kept.
 * @throws Error
 */
export async function checkOutput(file: string): Promise<void> {
  const folder = await kindOf(dirname(file), file);
  if (folder !== 'folder') throw cannotWrite(file, 'its folder is not there');
  const found = await kindOf(file, file);
  if (found === 'folder') throw cannotWrite(file, 'it is a folder');
  if (found === 'other') throw cannotWrite(file, 'it is not a regular file');
}

/** @throws Error */
export async function writeOutput(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    throw cannotWrite(file, reasonOf(error));
  }
}

async function kindOf(path: string, file: string): Promise<'folder' | 'file' | 'other' | undefined> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cannotWrite(file, reasonOf(error));
  }
}

function cannotWrite(file: string, reason: string): Error {
  return new Error(`${file} can't be written: ${reason}. Give --output another path.`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
};

/** What the file system says, in words. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
