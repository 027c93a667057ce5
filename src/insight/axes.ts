import type { RunSummary, TokenInfo } from '../contract/run.ts';
import type { AttentionKind } from '../contract/view-state.ts';

/** One side of a matrix: its pieces, and the text that they stand in. */
export interface Axis {
  readonly tokens: readonly TokenInfo[];
  readonly text: string;
}

/**
 * Which tokens ask and which are asked. A row of cross and decoder is named after the token that it predicts;
 * `reads` is what the decoder has at its input there. Columns of the decoder are its inputs.
 */
export function axesOf(
  run: Pick<RunSummary, 'source' | 'target' | 'sourceTokens' | 'targetTokens' | 'decoderInput'>,
  kind: AttentionKind,
): { readonly rows: Axis; readonly cols: Axis; readonly reads: Axis | undefined } {
  const source = { tokens: run.sourceTokens, text: run.source };
  const reads = { tokens: run.decoderInput, text: run.target };
  if (kind === 'encoder') return { rows: source, cols: source, reads: undefined };
  return { rows: { tokens: run.targetTokens, text: run.target }, cols: kind === 'cross' ? source : reads, reads };
}
