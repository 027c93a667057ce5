import { stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reasonOf } from './reason-of.ts';

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
