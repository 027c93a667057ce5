/** One call from VS Code into the extension: an event told, a provider asked, until it returned or first waited. */
export interface Handled {
  readonly name: string;
  /** By the clock: what a thread computed is only told every few milliseconds. */
  readonly milliseconds: number;
}

export interface Activation {
  /** Milliseconds of reading and compiling the extension's file, by the clock and of the thread. */
  readonly load: number;
  readonly loadComputed: number;
  /** Milliseconds of activate(). */
  readonly call: number;
  readonly callComputed: number;
  /** Modules that are loaded, by name, and files of the project's own. */
  readonly modules: readonly string[];
}

/** What watch.ts notes of the extension, for the tasks in the same extension host. */
export interface WatchedExtension {
  activation: Activation | undefined;
  /** What the extension read or started since it began to load. */
  readonly touched: string[];
  readonly handled: Handled[];
}

const place = globalThis as { attentionBench?: WatchedExtension };

export function watchedExtension(): WatchedExtension {
  place.attentionBench ??= { activation: undefined, touched: [], handled: [] };
  return place.attentionBench;
}
