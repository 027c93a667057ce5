import { runShape } from '../contract/state-bounds.ts';
import type { ViewState } from '../contract/view-state.ts';
import { interventionOf } from '../engine/intervention-of.ts';
import { scoreTarget } from './predictions.ts';
import type { KeptRun } from './run-result.ts';

/** Passes that are kept of a run, each as large as its decoder: going back and forth between two heads or masks is quick. */
const KEPT = 2;

const passes = new WeakMap<KeptRun, Map<string, KeptRun>>();

/**
 * The run as it would have been with a state's what-if: a real forward pass over the same tokens, in which everything
 * after the change is computed anew (the encoder only where the change is in it). Kept with the run by what it depends
 * on: a mask by its kind, a forced row by its layer and head too, and neither by phase, query or unit.
 * @param state clamped to the run
 * @returns undefined where the state has no what-if; AbortError from `checkpoint`
 */
export async function whatIfRun(
  run: KeptRun,
  state: ViewState,
  checkpoint: () => Promise<void>,
): Promise<KeptRun | undefined> {
  const { heads, keys } = runShape(run.summary)[state.kind];
  const intervention = interventionOf(state, { heads, keys });
  if (intervention === undefined) return undefined;
  const { kind, layer, head, whatIf } = state;
  const name = JSON.stringify(whatIf?.force ? [kind, whatIf, layer, head] : [kind, whatIf]);
  const known = passes.get(run) ?? new Map<string, KeptRun>();
  passes.set(run, known);
  const changed = known.get(name) ?? (await runAgain(run, intervention, kind === 'encoder', checkpoint));
  known.delete(name);
  known.set(name, changed);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return changed;
}

async function runAgain(
  run: KeptRun,
  intervention: NonNullable<ReturnType<typeof interventionOf>>,
  fromEncoder: boolean,
  checkpoint: () => Promise<void>,
): Promise<KeptRun> {
  const { summary, model } = run;
  const ids = (tokens: readonly { readonly id: number }[]) => tokens.map(({ id }) => id);
  const encoded = fromEncoder ? undefined : run.pass;
  const source = run.features ?? ids(summary.sourceTokens);
  const pass = await model.forward(source, ids(summary.decoderInput), checkpoint, {
    intervention,
    encoded,
  });
  const probability =
    pass.decoderOutput.rows === 0
      ? summary.logProbability
      : (await scoreTarget(model, pass.decoderOutput, ids(summary.targetTokens), checkpoint)).logProbability;
  return {
    summary: { ...summary, logProbability: probability },
    model,
    pass,
    features: run.features,
    overviews: new Map(),
  };
}
