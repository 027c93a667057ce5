import type { Model } from '../../../src/model/model.ts';
import type { RunResult } from '../../../src/run/run-result.ts';

/** The run again, with the forward passes of its model counted. */
export function countPasses(kept: RunResult): { readonly run: RunResult; readonly passes: () => number } {
  let passes = 0;
  const { model } = kept;
  const forward = (...given: Parameters<Model['forward']>) => {
    passes++;
    return model.forward(...given);
  };
  return { run: { ...kept, model: Object.create(model, { forward: { value: forward } }) }, passes: () => passes };
}
