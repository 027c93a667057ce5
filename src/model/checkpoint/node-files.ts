import { readSync } from 'node:fs';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { message, Problem } from '../../contract/error.ts';
import type { ModelFiles } from './checkpoint-files.ts';
import { boundedFiles, type FileRefusal } from './file-limits.ts';

/**
 * A checkpoint folder on disk. Links that lead out of it, devices and pipes are not read.
 * @param folder absolute path
 */
export function nodeFiles(folder: string): ModelFiles {
  return boundedFiles(folder, {
    list: async () => readdir(await realpath(folder)),
    async look(name) {
      try {
        const real = await resolve(folder, name);
        if (typeof real !== 'string') return real;
        const found = await stat(real);
        if (!found.isFile())
          return { reason: message('it is not a regular file'), way: message('Put the file itself there.') };
        return found.size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async read(name) {
      const real = await resolve(folder, name);
      if (typeof real !== 'string') throw new Problem(real.reason.template, real.reason.params);
      const bytes = await readFile(real);
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    async open(name) {
      const real = await resolve(folder, name);
      if (typeof real !== 'string') throw new Problem(real.reason.template, real.reason.params);
      const handle = await open(real, 'r');
      const { size } = await handle.stat();
      return {
        size,
        readsAside: true,
        async read(into, at) {
          for (let done = 0; done < into.length; ) {
            const { bytesRead } = await handle.read(into, done, into.length - done, at + done);
            done += someOf(bytesRead);
          }
        },
        readNow(into, at) {
          for (let done = 0; done < into.length; ) {
            done += someOf(readSync(handle.fd, into, done, into.length - done, at + done));
          }
        },
        close: () => handle.close(),
      };
    },
  });
}

/** @throws Problem when there was nothing: the file has become shorter since it was looked at */
function someOf(bytesRead: number): number {
  if (bytesRead === 0) throw new Problem('it ends too early');
  return bytesRead;
}

/** Where a file really is, unless that is outside of its folder. */
async function resolve(folder: string, name: string): Promise<string | FileRefusal> {
  const root = await realpath(folder);
  const real = await realpath(join(folder, name));
  if (real.startsWith(root.endsWith(sep) ? root : root + sep)) return real;
  return {
    reason: message('it lies outside the model folder'),
    way: message('Copy the file itself into the folder.'),
  };
}
