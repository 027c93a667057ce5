import type { Model } from '../model/model.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

/** Rows whose logits are held at once: 32 × V floats. */
const ROWS = 32;

/**
 * ln p(target | source): the sum over target positions of the log-softmax at the token that really comes.
 * @param states decoder states that enter the output layer, [T, D]    @param target ids, [T]
 */
export async function logProbability(
  model: Pick<Model, 'logits'>,
  states: Matrix,
  target: readonly number[],
  checkpoint: () => Promise<void>,
): Promise<number> {
  let sum = 0;
  for (let from = 0; from < target.length; from += ROWS) {
    await checkpoint();
    const to = Math.min(target.length, from + ROWS);
    const some = matrix(to - from, states.cols, states.data.slice(from * states.cols, to * states.cols));
    const logits = model.logits(some);
    for (let t = from; t < to; t++) {
      sum += logSoftmaxAt(logits.data.subarray((t - from) * logits.cols, (t - from + 1) * logits.cols), target[t]);
    }
  }
  return sum;
}

function logSoftmaxAt(logits: Float32Array, id: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const logit of logits) most = Math.max(most, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return logits[id] - most - Math.log(sum);
}
