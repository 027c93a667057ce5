import type { RunSummary, TokenInfo } from '../contract/run.ts';
import type { RunTensors } from '../contract/run-snapshot.ts';
import type { ExplorationView } from '../contract/view.ts';
import type { NpyArray } from './npy.ts';
import { npz } from './npz.ts';
import { seenTensors } from './seen-tensors.ts';

/**
 * An exploration for numpy: the tensors of the run, the matrices on show (`view_values`, `view_scores`,
 * `view_weights`) with their labels (`view_rows`, `view_cols`), the tokens (`source_tokens`, `target_tokens`,
 * `decoder_input_tokens`), and the state as JSON (`state`).
 */
export function attentionNpz(view: ExplorationView, run: RunSummary, tensors: RunTensors): Uint8Array {
  const tokens = (list: readonly TokenInfo[]) => texts(list.map(({ text }) => text));
  return npz({
    ...tensors,
    ...seenTensors(view),
    view_rows: texts(view.rows.map(({ text }) => text)),
    view_cols: texts(view.cols.map(({ text }) => text)),
    source_tokens: tokens(run.sourceTokens),
    target_tokens: tokens(run.targetTokens),
    decoder_input_tokens: tokens(run.decoderInput),
    state: { shape: [], data: [JSON.stringify(view.state)] },
  });
}

function texts(data: readonly string[]): NpyArray {
  return { shape: [data.length], data };
}
