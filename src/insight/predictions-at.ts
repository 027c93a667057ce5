import type { Predicted } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { ForwardPass } from '../model/model.ts';
import type { KeptRun } from '../run/run-result.ts';
import { matrix } from '../tensor/matrix.ts';
import { topPredictions } from './top-predictions.ts';

/** The output layer is the costliest product of a view, and gives the same for every head and phase. */
const kept = new WeakMap<ForwardPass, Map<number, Predicted>>();

/** Of the query of a state: nothing for the encoder, which predicts no token. */
export function predictionsOf(run: KeptRun, { kind, query }: ViewState): Predicted {
  return kind === 'encoder' ? { predictions: [], actual: undefined } : predictionsAt(run, query);
}

/** What the model expects at a target position, and how likely the token is that the pair really has there. */
export function predictionsAt(run: KeptRun, query: number): Predicted {
  const { decoderOutput } = run.pass;
  if (query >= decoderOutput.rows) return { predictions: [], actual: undefined };
  const asked = kept.get(run.pass) ?? new Map<number, Predicted>();
  kept.set(run.pass, asked);
  const known = run.predictions?.[query] ?? asked.get(query);
  if (known) return known;
  const state = decoderOutput.data.slice(query * decoderOutput.cols, (query + 1) * decoderOutput.cols);
  const logits = run.model.logits(matrix(1, state.length, state));
  const { top, actual } = topPredictions(logits.data, run.summary.targetTokens[query]?.id);
  const predictions = top.map(({ id, probability }) => ({
    text: run.model.tokenizer?.label(id).text ?? `${id}`,
    id,
    probability,
  }));
  const predicted = { predictions, actual };
  asked.set(query, predicted);
  return predicted;
}
