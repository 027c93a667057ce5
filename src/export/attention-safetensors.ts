import { wellFormed } from '../base/text.ts';
import type { RunSummary, TokenInfo } from '../contract/run.ts';
import type { RunTensors } from '../contract/run-snapshot.ts';
import type { ExplorationView } from '../contract/view.ts';
import { writeSafetensors } from '../model/checkpoint/safetensors.ts';

/**
 * An exploration as a safetensors file: the tensors of the run and the matrices on show; in the metadata the texts,
 * and as JSON the tokens, the labels of the matrices on show, and the state.
 */
export function attentionSafetensors(view: ExplorationView, run: RunSummary, tensors: RunTensors): Uint8Array {
  const tokens = (list: readonly TokenInfo[]) => json(list.map(({ text }) => text));
  return writeSafetensors(
    { ...tensors, ...currentTensors(view) },
    {
      format: 'pt',
      model: run.model.name,
      source: wellFormed(run.source),
      target: wellFormed(run.target),
      source_tokens: tokens(run.sourceTokens),
      target_tokens: tokens(run.targetTokens),
      decoder_input_tokens: tokens(run.decoderInput),
      view_rows: json(view.rows.map(({ text }) => text)),
      view_cols: json(view.cols.map(({ text }) => text)),
      state: json(view.state),
    },
  );
}

/** JSON.stringify writes half a surrogate pair as an escape, which UTF-8 can hold; strict readers still refuse it. */
function json(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'string' ? wellFormed(item) : item));
}

/**
 * The matrices on show as tensors [rows, cols]; NaN where masked. `view_values` is the matrix of the phase. None of a long
 * run, which has no matrix as a whole.
 */
export function currentTensors({
  map,
}: ExplorationView): Readonly<Record<string, { readonly shape: number[]; readonly data: Float32Array }>> {
  if (map.kind === 'tiled') return {};
  const shape = [map.rows, map.cols];
  return {
    view_values: { shape, data: map.values },
    view_scores: { shape, data: map.scores },
    view_weights: { shape, data: map.weights },
  };
}
