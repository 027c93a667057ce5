import type { ModelFiles, OpenFile } from './checkpoint/checkpoint-files.ts';

/** A file to be read in pieces, from whatever the folder offers. @returns undefined where there is none */
export async function openFile(files: ModelFiles, name: string): Promise<OpenFile | undefined> {
  if (files.open !== undefined) return files.open(name);
  const bytes = await files.read(name);
  if (bytes === undefined) return undefined;
  const readNow = (into: Uint8Array, at: number) => into.set(bytes.subarray(at, at + into.length));
  return { size: bytes.length, readNow, read: async (into, at) => readNow(into, at), close: async () => undefined };
}
