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
