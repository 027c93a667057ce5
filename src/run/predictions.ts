import type { TokenScore } from '../contract/run.ts';
import type { Predicted } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { ForwardPass, Model } from '../model/model.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { softmax } from '../tensor/softmax.ts';
import type { RunResult } from './run-result.ts';

/** Rows whose logits are held at once: 32 × V floats. */
const ROWS = 32;

/**
 * What the model makes of a target: for each position the probability and the rank of the token that really comes.
 * @param states decoder states that enter the output layer, [T, D]    @param target ids, [T]
 * @returns the scores, [T], and ln p(target | source), their sum as logarithms
 */
export async function scoreTarget(
  model: Pick<Model, 'logits'>,
  states: Matrix,
  target: readonly number[],
  checkpoint: () => Promise<void>,
): Promise<{ readonly scores: readonly TokenScore[]; readonly logProbability: number }> {
  const scores: TokenScore[] = [];
  let logProbability = 0;
  for (let from = 0; from < target.length; from += ROWS) {
    await checkpoint();
    const to = Math.min(target.length, from + ROWS);
    const some = matrix(to - from, states.cols, states.data.slice(from * states.cols, to * states.cols));
    const logits = model.logits(some);
    const probabilities = softmax(logits);
    for (let t = from; t < to; t++) {
      const rowOf = ({ data, cols }: Matrix) => data.subarray((t - from) * cols, (t - from + 1) * cols);
      const { rank, best, above } = placeOf(rowOf(logits), target[t]);
      // From the largest down: a probability may be too small for 32 bits, its logarithm never is.
      const log = Math.log(rowOf(probabilities)[best]) - above;
      scores.push({ probability: Math.exp(log), rank });
      logProbability += log;
    }
  }
  return { scores, logProbability };
}

/**
 * Where a logit stands among all: its rank, the place of the largest, and by how much that is above it. Rank 1 is what the model
 * would have written; of equals the lower id comes first.
 */
function placeOf(
  logits: Float32Array,
  id: number,
): { readonly rank: number; readonly best: number; readonly above: number } {
  const own = logits[id];
  let [rank, best] = [1, 0];
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i];
    if (logit > own || (logit === own && i < id)) rank++;
    if (logit > logits[best]) best = i;
  }
  return { rank, best, above: logits[best] - own };
}

/** The output layer is the costliest product of a view, and gives the same for every head and phase. */
const kept = new WeakMap<ForwardPass, Map<number, Predicted>>();

/** Of the query of a state: nothing for the encoder, which predicts no token. */
export function predictionsOf(run: RunResult, { kind, query }: ViewState): Predicted {
  return kind === 'encoder' ? { predictions: [], actual: undefined } : predictionsAt(run, query);
}

/** What the model expects at a target position, and how likely the token is that the pair really has there. */
export function predictionsAt(run: RunResult, query: number): Predicted {
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

/**
 * What the model expects next: the likeliest tokens, and how likely the one is that really comes.
 * @param logits [V]    @param actual id of the token that the pair has there    @param count how many to return
 * @returns softmax probabilities; `rank` is 1-based, equals share the better rank
 */
export function topPredictions(
  logits: Float32Array,
  actual: number | undefined,
  count = 5,
): { top: { id: number; probability: number }[]; actual: { probability: number; rank: number } | undefined } {
  let most = Number.NEGATIVE_INFINITY;
  for (const logit of logits) most = Math.max(most, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  const probability = (id: number) => Math.exp(logits[id] - most) / sum;

  const best: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    if (best.length === count && logits[id] <= logits[best[count - 1]]) continue;
    const place = best.findIndex((other) => logits[id] > logits[other]);
    best.splice(place === -1 ? best.length : place, 0, id);
    if (best.length > count) best.pop();
  }
  return {
    top: best.map((id) => ({ id, probability: probability(id) })),
    actual:
      actual === undefined || !(actual in logits)
        ? undefined
        : { probability: probability(actual), rank: rankOf(logits, actual) },
  };
}

function rankOf(logits: Float32Array, id: number): number {
  let rank = 1;
  for (const logit of logits) if (logit > logits[id]) rank++;
  return rank;
}
