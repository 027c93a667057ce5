import type { WireError } from '../messages/worker-messages.ts';

/** What a worker asks that has no disk of its own: the names in a checkpoint folder, or one of its files. */
export type FileQuestion =
  | { readonly type: 'list'; readonly id: number; readonly folder: string }
  | { readonly type: 'read'; readonly id: number; readonly folder: string; readonly name: string };

export type FileAnswer =
  | { readonly type: 'names'; readonly id: number; readonly names: string[] }
  /** The file's bytes, transferred; undefined where there is no such file. */
  | { readonly type: 'bytes'; readonly id: number; readonly bytes: Uint8Array | undefined }
  | { readonly type: 'failure'; readonly id: number; readonly error: WireError };
