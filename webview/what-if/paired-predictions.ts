import type { Predicted } from '../../src/contract/view.ts';

export interface PairedPrediction {
  readonly text: string;
  readonly id: number;
  /** undefined where it is not among the likeliest; then it is less than `least` of that side. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

const MOST = 3;

/** The likeliest next pieces of both passes, those of the changed one first. */
export function pairedPredictions(before: Predicted, after: Predicted): PairedPrediction[] {
  const at = ({ predictions }: Predicted, id: number) => predictions.find((other) => other.id === id)?.probability;
  const all = [...after.predictions.slice(0, MOST), ...before.predictions.slice(0, MOST)];
  return all
    .filter(({ id }, i) => all.findIndex((other) => other.id === id) === i)
    .map(({ text, id }) => ({ text, id, before: at(before, id), after: at(after, id) }));
}

/** The least of the probabilities that a side names: what is not named is less likely. */
export const leastOf = ({ predictions }: Predicted): number => predictions.at(-1)?.probability ?? 0;
