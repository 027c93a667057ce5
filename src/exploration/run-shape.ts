import type { RunSummary, TokenInfo } from '../contract/run.ts';
import type { AttentionKind } from '../contract/view-state.ts';

/** A piece among the rows, as far as moving about is concerned. */
export interface RowShape {
  readonly word: number;
  readonly special: boolean;
}

/** What of one kind of attention there is to look at. */
export interface KindShape {
  readonly layers: number;
  readonly heads: number;
  readonly rows: readonly RowShape[];
  /** Pieces that can be attended to. */
  readonly keys: number;
}

/** The bounds of one run: layers, heads and rows by kind. A kind that the family lacks has 0 layers. */
export type RunShape = Readonly<Record<AttentionKind, KindShape>>;

/** @returns the bounds that a ViewState of this run has to keep */
export function runShape(run: Pick<RunSummary, 'model' | 'sourceTokens' | 'targetTokens'>): RunShape {
  const { encoderLayers, encoderHeads, decoderLayers, decoderHeads } = run.model;
  const source = rowsOf(run.sourceTokens);
  const target = rowsOf(run.targetTokens);
  const both = encoderLayers > 0 && decoderLayers > 0;
  return {
    encoder: { layers: encoderLayers, heads: encoderHeads, rows: source, keys: source.length },
    decoder: { layers: decoderLayers, heads: decoderHeads, rows: target, keys: target.length },
    cross: { layers: both ? decoderLayers : 0, heads: both ? decoderHeads : 0, rows: target, keys: source.length },
  };
}

function rowsOf(tokens: readonly TokenInfo[]): RowShape[] {
  return tokens.map(({ word, special }) => ({ word, special }));
}
