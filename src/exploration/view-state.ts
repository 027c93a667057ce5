/** Where Q comes from and where K and V come from: cross = decoder over encoder; encoder, decoder = self-attention. */
export type AttentionKind = 'cross' | 'encoder' | 'decoder';

/** The three phases, under the one name that each has everywhere. */
export type Phase = 'query' | 'match' | 'combine';

export const PHASES: readonly Phase[] = ['query', 'match', 'combine'];

/** Rows and columns of the heatmap: whole words, or the model's own pieces. */
export type Unit = 'words' | 'pieces';

/** Special tokens (`</s>`, language tags): shown, dimmed, or left out with the rest of each row renormalized. */
export type SpecialTokens = 'show' | 'dim' | 'hide';

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
}
