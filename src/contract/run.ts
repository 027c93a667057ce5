import * as v from 'valibot';
import { METHODS, type Method } from '../attention/method-complexity.ts';
import { type ModelInfo, modelInfoSchema } from './model-info.ts';
import { indexSchema } from './schema-parts.ts';

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

/**
 * What can be asked about a run besides the weights of its attention layers, which every run has. The engine says so with
 * the run: a view asks what is offered, never which engine it is. Whether there are predictions, and whether a matrix is
 * whole or in tiles, each view says itself.
 */
export interface RunOffers {
  /** Queries and keys of every head: scores, and with them the phase Query. */
  readonly queriesAndKeys: boolean;
  /** Values of every head and its output projection: contributions, and with them the phase Combine. */
  readonly values: boolean;
  /** Forward passes of the same pair with something changed. */
  readonly whatIf: boolean;
  /** What the model itself would have written of the source. */
  readonly generation: boolean;
}

/** What a run left behind; Q, K, V stay in the engine under `runId` and are asked for by view. */
export interface RunSummary {
  readonly runId: string;
  readonly model: ModelInfo;
  readonly offers: RunOffers;
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

/** What a run's source looks like, to draw attention on it. */
export type RunMedia =
  | {
      readonly kind: 'sound';
      readonly name: string;
      readonly seconds: number;
      /** Seconds that one source position stands for. */
      readonly step: number;
      /** Grey levels of the spectrogram, [rows][cols], low pitches last, base64 of bytes; the sound alone, no padding. */
      readonly rows: number;
      readonly cols: number;
      readonly levels: string;
    }
  | {
      readonly kind: 'picture';
      readonly name: string;
      /** As the model sees it: a square of `side` pixels, RGB, base64 of bytes. */
      readonly side: number;
      readonly pixels: string;
      /** Patches in a row, and of a column; source position 0 is the class token. */
      readonly across: number;
    };

/** One measured point of the ladder: the core's attention of one head set on random Q, K, V of n × n. */
export interface Measurement {
  readonly method: Method;
  /** T and S of the point. */
  readonly targets: number;
  readonly sources: number;
  /** Median milliseconds of one call (all heads of one layer). */
  readonly milliseconds: number;
}

export interface MeasureRequest {
  readonly heads: number;
  readonly headWidth: number;
  /** S held for the cross curve. */
  readonly sources: number;
  readonly lengths: readonly number[];
}

/** Progress of long work: a fraction in [0, 1] and the stage it is in. */
export type Progress = (done: number, stage: 'read' | 'tokenize' | 'encode' | 'decode' | 'measure') => void;

const tokenSchema = v.object({
  id: indexSchema,
  text: v.string(),
  start: indexSchema,
  end: indexSchema,
  special: v.boolean(),
  word: v.pipe(v.number(), v.integer()),
});

const mediaSchema = v.variant('kind', [
  v.object({
    kind: v.literal('sound'),
    name: v.string(),
    seconds: v.number(),
    step: v.number(),
    rows: indexSchema,
    cols: indexSchema,
    levels: v.string(),
  }),
  v.object({
    kind: v.literal('picture'),
    name: v.string(),
    side: indexSchema,
    pixels: v.string(),
    across: indexSchema,
  }),
]);

/** A RunSummary whose rows and inputs belong together. */
export const runSummarySchema = v.pipe(
  v.object({
    runId: v.string(),
    model: modelInfoSchema,
    offers: v.object({
      queriesAndKeys: v.boolean(),
      values: v.boolean(),
      whatIf: v.boolean(),
      generation: v.boolean(),
    }),
    source: v.string(),
    target: v.string(),
    generated: v.boolean(),
    media: v.optional(mediaSchema),
    direction: v.optional(v.string()),
    sourceLanguage: v.optional(v.string()),
    sourceTokens: v.array(tokenSchema),
    targetTokens: v.array(tokenSchema),
    decoderInput: v.array(tokenSchema),
    scores: v.optional(v.array(v.object({ probability: v.number(), rank: indexSchema }))),
    // −Infinity where a token can't come at all.
    logProbability: v.custom<number>((value) => typeof value === 'number'),
    milliseconds: v.object({ tokenize: v.number(), encode: v.number(), decode: v.number() }),
  }),
  v.check((run) => run.decoderInput.length === run.targetTokens.length, 'one decoder input for each target token'),
);

export const pointSchema = v.object({
  method: v.picklist(METHODS),
  targets: indexSchema,
  sources: indexSchema,
  milliseconds: v.number(),
});
