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
