import type { AttentionRecord } from '../attention/attention-record.ts';
import type { ViewState } from '../contract/view-state.ts';

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
