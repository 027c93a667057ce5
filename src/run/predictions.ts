import type { TokenScore } from '../contract/run.ts';
import type { Model } from '../model/model.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { softmax } from '../tensor/softmax.ts';

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
