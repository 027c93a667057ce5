export type ModelPartName = 'embedding' | 'encoder' | 'decoder' | 'cross' | 'feedForward' | 'output' | 'other';

/** What stands in a checkpoint's folder besides its sizes. */
export interface ModelDetails {
  readonly folder: string;
  /** Parameters and bytes as they are stored, by part; tied weights once. Largest first. */
  readonly parts: readonly { readonly part: ModelPartName; readonly parameters: number; readonly bytes: number }[];
  /** Bytes by dtype, largest first. */
  readonly dtypes: readonly { readonly dtype: string; readonly bytes: number }[];
  /** Files that the tokenizer is read from; empty where there is none. */
  readonly tokenizerFiles: readonly string[];
  /** What the folder's card (README.md) says of itself. */
  readonly card: ModelCard | undefined;
}

export interface ModelCard {
  readonly title?: string;
  /** The title in other languages, from README.<language>.md: language, in lower case → title. */
  readonly titles?: Readonly<Record<string, string>>;
  readonly license?: string;
  readonly languages: readonly string[];
}
