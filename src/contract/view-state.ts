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
export const actionSchema = v.variant('type', [
  v.strictObject({ type: v.literal('setKind'), kind: kindSchema }),
  v.strictObject({ type: v.literal('setLayer'), layer: headSchema }),
  v.strictObject({ type: v.literal('setHead'), head: headSchema, layer: v.optional(headSchema) }),
  v.strictObject({ type: v.literal('setQuery'), query: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.strictObject({ type: v.literal('setPhase'), phase: phaseSchema }),
  v.strictObject({ type: v.literal('setUnit'), unit: unitSchema }),
  v.strictObject({ type: v.literal('setSpecial'), special: specialSchema }),
  v.strictObject({ type: v.literal('setPicture'), picture: pictureSchema }),
  v.strictObject({ type: v.literal('setMatrix'), matrix: matrixSchema }),
  v.strictObject({ type: v.literal('setAlignment'), alignment: alignmentSchema }),
  v.strictObject({ type: v.literal('setSort'), sort: orderSchema }),
  // What the run does not have is left out of it; one that would change nothing is none.
  v.strictObject({ type: v.literal('setWhatIf'), whatIf: whatIfSchema }),
  v.strictObject({ type: v.literal('clearWhatIf') }),
  // Combine is followed by the next token's query; query is preceded by the previous token's combine.
  v.strictObject({ type: v.picklist(['nextPhase', 'previousPhase']) }),
  // Moves by word while the unit is words.
  v.strictObject({ type: v.picklist(['nextToken', 'previousToken']) }),
]);
export type Action = Immutable<v.InferOutput<typeof actionSchema>>;
