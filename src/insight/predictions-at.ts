import type { Predicted } from '../protocol/exploration-view.ts';
import { matrix } from '../tensor/matrix.ts';
import type { KeptRun } from './kept-run.ts';
import { topPredictions } from './top-predictions.ts';

/** What the model expects at a target position, and how likely the token is that the pair really has there. */
export function predictionsAt(run: KeptRun, query: number): Predicted {
  const { decoderOutput } = run.pass;
  if (query >= decoderOutput.rows) return { predictions: [], actual: undefined };
  const known = run.predictions?.[query];
  if (known) return known;
  const state = decoderOutput.data.slice(query * decoderOutput.cols, (query + 1) * decoderOutput.cols);
  const logits = run.model.logits(matrix(1, state.length, state));
  const { top, actual } = topPredictions(logits.data, run.summary.targetTokens[query]?.id);
  const predictions = top.map(({ id, probability }) => ({
    text: run.model.tokenizer?.label(id).text ?? `${id}`,
    id,
    probability,
  }));
  return { predictions, actual };
}
