import type { RunMedia } from '../protocol/media.ts';
import type { ModelInfo } from './model-info.ts';

/** One token of the model, and where it stands in the text that the user selected. */
export interface TokenInfo {
  readonly id: number;
  /** What to show: the piece without word-boundary marks; bytes and specials by name. */
  readonly text: string;
  /** UTF-16 offsets [start, end) in the user's text; both 0 (or both its length) for tokens that are not in it. */
  readonly start: number;
  readonly end: number;
  readonly special: boolean;
  /** Running number of the word that the piece belongs to; a special token is a word of its own. */
  readonly word: number;
}

/** A sound or a picture, as the file holds it. */
export interface MediaFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface RunRequest {
  readonly folder: string;
  readonly source: string;
  /** In place of the source's text, for models that hear or see. */
  readonly media?: MediaFile;
  /** Left out: the model writes it. */
  readonly target?: string;
  /** A `token` of ModelInfo.directions; left out: from the script of the texts; empty: none. */
  readonly direction?: string;
  /** A `token` of ModelInfo.sources; left out: from the script of the source. */
  readonly sourceLanguage?: string;
  /** 1 = greedy. */
  readonly beams?: number;
  /** Longest source and target in tokens that the person wants, where that is less than the model takes. */
  readonly tokenLimit?: number;
  /** Cut source and target to what is allowed instead of failing with 'text-too-long'. */
  readonly cut?: boolean;
}

/** What the model made of a target token where it came. */
export interface TokenScore {
  readonly probability: number;
  /** 1-based; 1 is what the model would have written. */
  readonly rank: number;
}

/** What a run left behind; Q, K, V stay in the engine under `runId` and are asked for by view. */
export interface RunSummary {
  readonly runId: string;
  readonly model: ModelInfo;
  readonly source: string;
  readonly target: string;
  /** True when the model wrote the target. */
  readonly generated: boolean;
  /** What the source looks like, where it is a sound or a picture; `source` then names its positions. */
  readonly media?: RunMedia;
  readonly direction: string | undefined;
  readonly sourceLanguage?: string;
  /** S tokens, the language tag and `</s>` included. */
  readonly sourceTokens: readonly TokenInfo[];
  /** T tokens: row t of cross- and decoder attention PREDICTS targetTokens[t] … */
  readonly targetTokens: readonly TokenInfo[];
  /** … while READING decoderInput[t] (the start token, then targetTokens[0 … T−2]). */
  readonly decoderInput: readonly TokenInfo[];
  /** What the model made of each target token, [T]; left out by runs of before. */
  readonly scores?: readonly TokenScore[];
  /** log p(target | source) under the model, natural logarithm, sum over T. */
  readonly logProbability: number;
  readonly milliseconds: { readonly tokenize: number; readonly encode: number; readonly decode: number };
}
