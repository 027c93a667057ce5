import * as v from 'valibot';
import { indexSchema, text } from './schema-parts.ts';

/** How a model's cross-attention aligns words best, as its config says. */
export interface WordAlignment {
  /** 0-based. */
  readonly layer: number;
  readonly head: number;
  /** Which row tells of target piece t: the one that predicts it, t, or the one later, whose input it is, t + 1. */
  readonly row: 'predicting' | 'reading';
  /** Both directions are run, and linked is what has a geometric mean of weights above it. */
  readonly geometricMeanAbove?: number;
  /** Linked is every weight above it. */
  readonly weightAbove?: number;
}

/** A language, or a task, that can be chosen. */
export interface Direction {
  /** Names the choice: a token of the model (`>>cmn<<`, `ro_RO`), or the words that are put before the source (T5). */
  readonly token: string;
  /** BCP-47 tag of the language ('zh', 'en'); 'und' where a task has none. */
  readonly language: string;
  /** What to show in place of the language. */
  readonly name?: string;
}

/** What a loaded checkpoint is, in numbers. Shape letters: see ARCHITECTURE.md, glossary. */
export interface ModelInfo {
  /** Folder that it was read from, and the name to show. */
  readonly folder: string;
  readonly name: string;
  /** `model_type` of config.json: marian, bart, t5… */
  readonly family: string;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly encoderHeads: number;
  readonly decoderHeads: number;
  /** Model width D. */
  readonly width: number;
  /** Width of one head, dₖ (= dᵥ). */
  readonly headWidth: number;
  readonly encoderFeedForward: number;
  readonly decoderFeedForward: number;
  readonly vocabulary: number;
  /** Longest source and target in tokens; undefined where the family has no bound. */
  readonly maxPositions: number | undefined;
  readonly parameters: number;
  /** Size of the weight files. */
  readonly bytes: number;
  readonly dtype: string;
  /** How a sound or a picture becomes the source; left out for models that read text. */
  readonly input?: ModelInput;
  /** Choices of the target's language. */
  readonly directions: readonly Direction[];
  /** Choices of the source's language, where the model has to be told (mBART, M2M-100, NLLB); else left out. */
  readonly sources?: readonly Direction[];
  /** Head that the model's config names as the one that aligns words (0-based). */
  readonly alignmentHead: { readonly layer: number; readonly head: number } | undefined;
  /** What its card found best to align words. */
  readonly wordAlignment?: WordAlignment;
}

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

/** How a model that hears or sees wants its source cut (config.json, preprocessor_config.json). */
export type ModelInput =
  | {
      readonly kind: 'sound';
      /** Samples a second, Hz; samples of a window, and from one window to the next. */
      readonly rate: number;
      readonly window: number;
      readonly hop: number;
      readonly mels: number;
      /** Frames of the spectrogram that the model takes at once; two of them are one source position. */
      readonly frames: number;
    }
  | {
      readonly kind: 'picture';
      /** Side of the square that a picture is resized to, and of one patch, in pixels. */
      readonly size: number;
      readonly patch: number;
      readonly factor: number;
      readonly mean: readonly number[];
      readonly std: readonly number[];
    };

const directionSchema = v.object({ token: v.string(), language: v.string(), name: v.optional(v.string()) });

const inputSchema = v.variant('kind', [
  v.object({
    kind: v.literal('sound'),
    rate: v.number(),
    window: indexSchema,
    hop: indexSchema,
    mels: indexSchema,
    frames: indexSchema,
  }),
  v.object({
    kind: v.literal('picture'),
    size: indexSchema,
    patch: indexSchema,
    factor: v.number(),
    mean: v.array(v.number()),
    std: v.array(v.number()),
  }),
]);

export const modelInfoSchema = v.object({
  folder: v.string(),
  name: v.string(),
  family: v.string(),
  encoderLayers: indexSchema,
  decoderLayers: indexSchema,
  encoderHeads: indexSchema,
  decoderHeads: indexSchema,
  width: indexSchema,
  headWidth: indexSchema,
  encoderFeedForward: indexSchema,
  decoderFeedForward: indexSchema,
  vocabulary: indexSchema,
  maxPositions: v.optional(indexSchema),
  parameters: indexSchema,
  bytes: indexSchema,
  dtype: v.string(),
  input: v.optional(inputSchema),
  directions: v.array(directionSchema),
  sources: v.optional(v.array(directionSchema)),
  alignmentHead: v.optional(v.object({ layer: indexSchema, head: indexSchema })),
  wordAlignment: v.optional(
    v.object({
      layer: indexSchema,
      head: indexSchema,
      row: v.picklist(['predicting', 'reading']),
      geometricMeanAbove: v.optional(v.number()),
      weightAbove: v.optional(v.number()),
    }),
  ),
});

export const detailsSchema = v.object({
  folder: text,
  parts: v.array(v.object({ part: text, parameters: indexSchema, bytes: indexSchema })),
  dtypes: v.array(v.object({ dtype: text, bytes: indexSchema })),
  tokenizerFiles: v.array(text),
  card: v.optional(
    v.object({
      title: v.optional(text),
      titles: v.optional(v.record(text, text)),
      license: v.optional(text),
      languages: v.array(text),
    }),
  ),
});
