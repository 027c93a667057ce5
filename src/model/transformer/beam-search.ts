import type { GenerationConfig } from '../checkpoint/generation-config.ts';
import { constrain } from './token-constraints.ts';

/** One step of the decoder: scores of the next token, [beams][V], after each beam read its last token. */
export interface BeamModel {
  step(tokens: readonly number[]): readonly Float32Array[];
  /** Beam i goes on from beam from[i]. */
  reorder(from: readonly number[]): void;
}

interface Hypothesis {
  readonly ids: readonly number[];
  readonly score: number;
}

/**
 * Beam search as transformers has it: 2·beams candidates a step, finished ones are kept by
 * log-probability / length^penalty, until no open one can do better.
 * @param options.maxLength most tokens, the start token counted
 * @param checkpoint called before each step with the number of tokens written
 * @returns ids, start token first, end token included where it was reached
 * Source: transformers 4.27, generation/beam_search.py.
 */
export async function beamSearch(
  model: BeamModel,
  config: GenerationConfig,
  options: {
    readonly beams: number;
    readonly maxLength: number;
    readonly lengthPenalty: number;
    readonly noRepeatNgram: number;
  },
  checkpoint?: (length: number) => void | Promise<void>,
): Promise<number[]> {
  const { beams, maxLength, lengthPenalty } = options;
  const finished: Hypothesis[] = [];
  const keep = (ids: readonly number[], logProbability: number) => {
    finished.push({ ids, score: logProbability / ids.length ** lengthPenalty });
    finished.sort((a, b) => b.score - a.score);
    finished.length = Math.min(finished.length, beams);
  };
  let open = Array.from({ length: beams }, () => [config.startToken]);
  // Only the first beam counts at the start, or all would be the same.
  let scores: number[] = open.map((_, i) => (i === 0 ? 0 : -1e9));
  let done = false;
  while (!done && open[0].length < maxLength) {
    await checkpoint?.(open[0].length);
    const next = model.step(open.map((ids) => ids[ids.length - 1]));
    const candidates = best(
      next.map((logits, i) => {
        const row = logSoftmax(logits);
        constrain(row, open[i], config, options.noRepeatNgram, maxLength);
        for (let id = 0; id < row.length; id++) row[id] += scores[i];
        return row;
      }),
      2 * beams,
    );
    const chosen: { readonly beam: number; readonly id: number; readonly score: number }[] = [];
    for (const [rank, candidate] of candidates.entries()) {
      if (candidate.id === config.endToken) {
        if (rank < beams) keep([...open[candidate.beam]], candidate.score);
      } else if (chosen.length < beams) {
        chosen.push(candidate);
      }
    }
    const length = open[0].length;
    done =
      finished.length >= beams &&
      (config.earlyStopping || finished[beams - 1].score >= candidates[0].score / length ** lengthPenalty);
    // Everything but the end was forbidden: what is finished is all there is.
    if (chosen.length < beams) {
      if (finished.length > 0 && chosen.length === 0) break;
      while (chosen.length < beams) chosen.push({ beam: 0, id: config.endToken, score: Number.NEGATIVE_INFINITY });
    }
    model.reorder(chosen.map(({ beam }) => beam));
    open = chosen.map(({ beam, id }) => [...open[beam], id]);
    scores = chosen.map(({ score }) => score);
  }
  if (!done) for (const [i, ids] of open.entries()) keep(ids, scores[i]);
  const ids = [...finished[0].ids];
  if (ids.length < maxLength) ids.push(config.endToken);
  return ids;
}

/** The `count` largest of all rows, largest first; equal ones in order of row and id. */
function best(rows: readonly Float32Array[], count: number) {
  const found: { beam: number; id: number; score: number }[] = [];
  for (const [beam, row] of rows.entries()) {
    for (let id = 0; id < row.length; id++) {
      const score = row[id];
      if (found.length === count && !(score > found[count - 1].score)) continue;
      let at = found.length;
      while (at > 0 && score > found[at - 1].score) at--;
      found.splice(at, 0, { beam, id, score });
      if (found.length > count) found.pop();
    }
  }
  return found;
}

function logSoftmax(logits: Float32Array): Float32Array {
  let max = Number.NEGATIVE_INFINITY;
  for (const value of logits) if (value > max) max = value;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - max);
  const shift = max + Math.log(sum);
  return logits.map((value) => value - shift);
}
