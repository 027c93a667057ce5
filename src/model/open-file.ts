import type { ModelFiles, OpenFile } from './model-files.ts';

/** A file to be read in pieces, from whatever the folder offers. @returns undefined where there is none */
export async function openFile(files: ModelFiles, name: string): Promise<OpenFile | undefined> {
  if (files.open !== undefined) return files.open(name);
  const bytes = await files.read(name);
  return (
    bytes && {
      size: bytes.length,
      read: async (into, at) => into.set(bytes.subarray(at, at + into.length)),
      close: async () => undefined,
    }
  );
}
