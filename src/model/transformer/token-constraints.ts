import type { GenerationConfig } from '../checkpoint/generation-config.ts';

/**
 * Sets the scores of tokens that may not come next to −Infinity, in place.
 * @param scores of the whole vocabulary, [V]    @param ids what has been written, start token first
 * @param maxLength most tokens, the start token counted
 * Source: transformers, generation/logits_process.py.
 */
export function constrain(
  scores: Float32Array,
  ids: readonly number[],
  config: GenerationConfig,
  noRepeatNgram: number,
  maxLength: number,
): void {
  const never = Number.NEGATIVE_INFINITY;
  if (noRepeatNgram > 0) for (const id of repeats(ids, noRepeatNgram)) scores[id] = never;
  for (const id of config.suppressed) if (id !== config.endToken) scores[id] = never;
  for (const sequence of config.badSequences) {
    const head = sequence.slice(0, -1);
    if (head.every((id, i) => ids[ids.length - head.length + i] === id)) scores[sequence[head.length]] = never;
  }
  if (ids.length < config.minLength) scores[config.endToken] = never;
  if (ids.length === firstFree(config)) for (const id of config.suppressedFirst) scores[id] = never;
  const forced = config.forced.get(ids.length);
  if (forced !== undefined) force(scores, forced);
  if (ids.length === maxLength - 1 && config.forcedLast !== undefined) force(scores, config.forcedLast);
}

/** Place of the first token that is not forced. */
function firstFree({ forced }: GenerationConfig): number {
  let last = 0;
  for (const place of forced.keys()) last = Math.max(last, place);
  return last + 1;
}

/** Tokens that would complete an n-gram that is already there. */
function repeats(ids: readonly number[], n: number): number[] {
  const found: number[] = [];
  const last = ids.slice(ids.length - n + 1);
  if (last.length < n - 1) return found;
  for (let i = 0; i + n <= ids.length; i++) {
    if (last.every((id, j) => ids[i + j] === id)) found.push(ids[i + n - 1]);
  }
  return found;
}

function force(scores: Float32Array, id: number): void {
  scores.fill(Number.NEGATIVE_INFINITY);
  scores[id] = 0;
}
