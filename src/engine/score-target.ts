import type { Model } from '../model/model.ts';
import type { TokenScore } from '../protocol/run.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

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
    for (let t = from; t < to; t++) {
      const row = logits.data.subarray((t - from) * logits.cols, (t - from + 1) * logits.cols);
      const log = logSoftmaxAt(row, target[t]);
      scores.push({ probability: Math.exp(log), rank: rankOf(row, target[t]) });
      logProbability += log;
    }
  }
  return { scores, logProbability };
}

function logSoftmaxAt(logits: Float32Array, id: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const logit of logits) most = Math.max(most, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return logits[id] - most - Math.log(sum);
}

/** 1 is what the model would have written; of equals the lower id comes first. */
function rankOf(logits: Float32Array, id: number): number {
  let rank = 1;
  for (let i = 0; i < logits.length; i++) if (logits[i] > logits[id] || (logits[i] === logits[id] && i < id)) rank++;
  return rank;
}
