import type { AttentionRecord } from '../attention/attention-record.ts';
import { headWeights } from '../attention/head-trace.ts';
import { isMasked, visibleKeysOf } from '../attention/mask.ts';
import type { MatrixOf } from '../contract/choices.ts';
import type { Phase, ViewState } from '../contract/view-state.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

/**
 * The heads that a state shows: one, all of a layer, one of every layer, or all.
 * @param records the layers of the state's kind
 */
export function selectedHeads(
  records: readonly AttentionRecord[],
  state: Pick<ViewState, 'layer' | 'head'>,
): { record: AttentionRecord; head: number }[] {
  const layers = state.layer === 'mean' ? records : records.slice(state.layer, state.layer + 1);
  return layers.flatMap((record) =>
    state.head === 'mean'
      ? Array.from({ length: record.heads }, (_, head) => ({ record, head }))
      : [{ record, head: state.head }],
  );
}

/** The matrix of each phase. */
export const MATRIX_OF: Readonly<Record<Phase, MatrixOf>> = {
  query: 'score',
  match: 'weight',
  combine: 'contribution',
};

/** Weights averaged over heads, [T, S]. @param heads at least one, all of one kind of attention */
export function meanWeights(heads: readonly { readonly record: AttentionRecord; readonly head: number }[]): Matrix {
  const { q, k } = heads[0].record;
  const mean = matrix(q.rows, k.rows);
  for (const { record, head } of heads) {
    const { data } = headWeights(record, head);
    for (let i = 0; i < data.length; i++) mean.data[i] += data[i] / heads.length;
  }
  return mean;
}

/**
 * @returns whether query t may not look at key s of that layer (causal: keys that come later; padding; keys that a
 *   what-if hides)
 */
export function maskOf({ q, k, causal, padding, change }: AttentionRecord): (t: number, s: number) => boolean {
  const seen = visibleKeysOf(q.rows, k.rows, { causal, padding, hidden: change?.hidden });
  return (t, s) => isMasked(seen, t, s);
}
