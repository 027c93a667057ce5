import * as v from 'valibot';
import { ALIGNMENTS, HEAD_ORDERS, KINDS, MATRICES, PHASES, PICTURES, SPECIAL_TOKENS, UNITS } from './choices.ts';
import { type Immutable, indexSchema } from './schema-parts.ts';

export type AttentionKind = (typeof KINDS)[number];
export type Phase = (typeof PHASES)[number];
export type Unit = (typeof UNITS)[number];
export type SpecialTokens = (typeof SPECIAL_TOKENS)[number];
export type Picture = (typeof PICTURES)[number];
export type MatrixChoice = (typeof MATRICES)[number];
export type AlignmentChoice = (typeof ALIGNMENTS)[number];
export type HeadOrder = (typeof HEAD_ORDERS)[number];

export const kindSchema = v.picklist(KINDS);
export const phaseSchema = v.picklist(PHASES);
export const unitSchema = v.picklist(UNITS);
export const specialSchema = v.picklist(SPECIAL_TOKENS);
export const pictureSchema = v.picklist(PICTURES);
export const matrixSchema = v.picklist(MATRICES);
export const alignmentSchema = v.picklist(ALIGNMENTS);
export const orderSchema = v.picklist(HEAD_ORDERS);

/** A layer or head, 0-based, or the mean of all. */
export const headSchema = v.union([indexSchema, v.literal('mean')]);

/** Far more tokens than a run can have, so that no message fills the memory. */
const tokensSchema = v.pipe(v.array(indexSchema), v.maxLength(2 ** 16));

/** One row's weight, spread evenly over the keys that are named (tokens), in every head that the state shows. */
const forcedRowSchema = v.strictObject({ query: indexSchema, keys: tokensSchema });

/** What is changed in the forward pass, to see what follows from it. Never without effect: then it is undefined. */
export const whatIfSchema = v.strictObject({
  /** Keys (tokens) that nobody may attend to, in every layer and head of the state's kind. Ascending, not all. */
  mask: tokensSchema,
  force: v.optional(forcedRowSchema),
});

/** What is looked at. Small and plain: it survives a reload, and everything shown follows from it and the run. */
export const viewStateSchema = v.object({
  kind: kindSchema,
  /** 0-based; 'mean' averages the weights over all layers. */
  layer: headSchema,
  /** 0-based; 'mean' averages the weights over all heads of the layer. */
  head: headSchema,
  /** The query: index of a PIECE among the rows (target position, for `encoder` a source position). */
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

export type ForcedRow = Immutable<v.InferOutput<typeof forcedRowSchema>>;
export type WhatIf = Immutable<v.InferOutput<typeof whatIfSchema>>;
export type ViewState = Immutable<v.InferOutput<typeof viewStateSchema>>;

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
