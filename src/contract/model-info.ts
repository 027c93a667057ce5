import type { ModelInput } from '../protocol/media.ts';

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
