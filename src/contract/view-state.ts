import * as v from 'valibot';
import { indexSchema } from './schema-parts.ts';

/** Where Q comes from and where K and V come from: cross = decoder over encoder; encoder, decoder = self-attention. */
export type AttentionKind = 'cross' | 'encoder' | 'decoder';

/** The three phases, under the one name that each has everywhere. */
export type Phase = 'query' | 'match' | 'combine';

export const PHASES: readonly Phase[] = ['query', 'match', 'combine'];

/** Rows and columns of the heatmap: whole words, or the model's own pieces. */
export type Unit = 'words' | 'pieces';

/** Special tokens (`</s>`, language tags): shown, dimmed, or left out with the rest of each row renormalized. */
export type SpecialTokens = 'show' | 'dim' | 'hide';

/** Two pictures of the same numbers: cells, or lines between two columns of tokens. */
export type Picture = 'heatmap' | 'lines';

export const PICTURES: readonly Picture[] = ['heatmap', 'lines'];

/**
 * Which matrix: what the phase computes, the norm of what each key brings through W_O, or attention traced back through
 * all layers up to the chosen one. See `MatrixOf` for what each can and cannot tell.
 */
export type MatrixChoice = 'attention' | 'value' | 'rollout';

export const MATRICES: readonly MatrixChoice[] = ['attention', 'value', 'rollout'];

/**
 * Links drawn on the map: none, the strongest cell of each row, or words aligned the way that the model's card found
 * best, whatever layer and head are looked at.
 */
export type AlignmentChoice = 'off' | 'argmax' | 'model';

export const ALIGNMENTS: readonly AlignmentChoice[] = ['off', 'argmax', 'model'];

/** Order of the heads in the overview: as they come, or those first that have most of a measure. */
export type HeadOrder = 'layer' | 'sharpest' | 'diagonal' | 'sink';

export const HEAD_ORDERS: readonly HeadOrder[] = ['layer', 'sharpest', 'diagonal', 'sink'];

/** One row's weight, spread evenly over the keys that are named (PIECES), in every head that the state shows. */
export interface ForcedRow {
  readonly query: number;
  readonly keys: readonly number[];
}

/** What is changed in the forward pass, to see what follows from it. Never without effect: then it is undefined. */
export interface WhatIf {
  /** Keys (PIECES) that nobody may attend to, in every layer and head of the state's kind. Ascending, not all. */
  readonly mask: readonly number[];
  readonly force?: ForcedRow;
}

/** What is looked at. Small and plain: it survives a reload, and everything shown follows from it and the run. */
export interface ViewState {
  readonly kind: AttentionKind;
  /** 0-based; 'mean' averages the weights over all layers. */
  readonly layer: number | 'mean';
  /** 0-based; 'mean' averages the weights over all heads of the layer. */
  readonly head: number | 'mean';
  /** The query: index of a PIECE among the rows (target position, for `encoder` a source position). */
  readonly query: number;
  readonly phase: Phase;
  readonly unit: Unit;
  readonly special: SpecialTokens;
  readonly picture: Picture;
  readonly matrix: MatrixChoice;
  readonly alignment: AlignmentChoice;
  readonly sort: HeadOrder;
  readonly whatIf?: WhatIf;
}

/** Everything that may change what is looked at; commands, clicks and cursor moves alike. */
export type Action =
  | { readonly type: 'setKind'; readonly kind: AttentionKind }
  | { readonly type: 'setLayer'; readonly layer: number | 'mean' }
  | { readonly type: 'setHead'; readonly head: number | 'mean'; readonly layer?: number | 'mean' }
  | { readonly type: 'setQuery'; readonly query: number }
  | { readonly type: 'setPhase'; readonly phase: Phase }
  | { readonly type: 'setUnit'; readonly unit: Unit }
  | { readonly type: 'setSpecial'; readonly special: SpecialTokens }
  | { readonly type: 'setPicture'; readonly picture: Picture }
  | { readonly type: 'setMatrix'; readonly matrix: MatrixChoice }
  | { readonly type: 'setAlignment'; readonly alignment: AlignmentChoice }
  | { readonly type: 'setSort'; readonly sort: HeadOrder }
  /** What the run does not have is left out of it; one that would change nothing is none. */
  | { readonly type: 'setWhatIf'; readonly whatIf: WhatIf }
  | { readonly type: 'clearWhatIf' }
  /** Combine is followed by the next token's query; query is preceded by the previous token's combine. */
  | { readonly type: 'nextPhase' }
  | { readonly type: 'previousPhase' }
  /** Moves by word while the unit is words. */
  | { readonly type: 'nextToken' }
  | { readonly type: 'previousToken' };

export const kindSchema = v.picklist(['cross', 'encoder', 'decoder']);
export const phaseSchema = v.picklist(['query', 'match', 'combine']);
export const unitSchema = v.picklist(['words', 'pieces']);
export const specialSchema = v.picklist(['show', 'dim', 'hide']);
export const pictureSchema = v.picklist(['heatmap', 'lines']);
export const matrixSchema = v.picklist(['attention', 'value', 'rollout']);
export const alignmentSchema = v.picklist(['off', 'argmax', 'model']);
export const orderSchema = v.picklist(['layer', 'sharpest', 'diagonal', 'sink']);

/** A layer or head, or the mean of all. */
export const headSchema = v.union([indexSchema, v.literal('mean')]);

/** Far more pieces than a run can have, so that no message fills the memory. */
const piecesSchema = v.pipe(v.array(indexSchema), v.maxLength(2 ** 16));

export const whatIfSchema = v.strictObject({
  mask: piecesSchema,
  force: v.optional(v.strictObject({ query: indexSchema, keys: piecesSchema })),
});

export const viewStateSchema = v.object({
  kind: kindSchema,
  layer: headSchema,
  head: headSchema,
  query: indexSchema,
  phase: phaseSchema,
  unit: unitSchema,
  special: specialSchema,
  picture: pictureSchema,
  matrix: matrixSchema,
  alignment: alignmentSchema,
  sort: orderSchema,
  whatIf: v.optional(whatIfSchema),
});
