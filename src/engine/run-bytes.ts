import type { KeptRun } from '../run/run-result.ts';
import { LazyMatrix } from '../tensor/deferred-matrix.ts';
import type { Matrix } from '../tensor/matrix.ts';

/** What the attention layers of a run hold in memory; weights, which are the model's, left out. */
export function runBytes({ pass }: Pick<KeptRun, 'pass'>): number {
  const held = new Set<Matrix>([pass.encoderOutput, pass.decoderOutput]);
  for (const { input, q, k, v, output } of [...pass.encoder, ...pass.decoder, ...pass.cross]) {
    for (const one of [input, q, k, v, output]) if (!(one instanceof LazyMatrix)) held.add(one);
  }
  return [...held].reduce((sum, { rows, cols }) => sum + 4 * rows * cols, 0);
}
