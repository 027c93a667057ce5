import { LruMap } from '../base/lru-map.ts';
import { runShape } from '../contract/state-bounds.ts';
import type { WhatIfSide, WhatIfView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { Intervention } from '../model/model.ts';
import { rows } from '../tensor/matrix.ts';
import { predictionsOf, scoreTarget } from './predictions.ts';
import type { RunResult } from './run-result.ts';

/** Passes that are kept of a run, each as large as its decoder: going back and forth between two heads or masks is quick. */
const KEPT = 2;

const passes = new WeakMap<RunResult, LruMap<string, RunResult>>();

/**
 * The run as it would have been with a state's what-if: a real forward pass over the same tokens, in which everything
 * after the change is computed anew (the encoder only where the change is in it). Kept with the run by what it depends
 * on: a mask by its kind, a forced row by its layer and head too, and neither by phase, query or unit.
 * @param state clamped to the run
 * @returns undefined where the state has no what-if; AbortError from `checkpoint`
 */
export async function whatIfRun(
  run: RunResult,
  state: ViewState,
  checkpoint: () => Promise<void>,
): Promise<RunResult | undefined> {
  const { heads, keys } = runShape(run.summary)[state.kind];
  const intervention = interventionOf(state, { heads, keys });
  if (intervention === undefined) return undefined;
  const { kind, layer, head, whatIf } = state;
  const name = JSON.stringify(whatIf?.force ? [kind, whatIf, layer, head] : [kind, whatIf]);
  const cached = passes.get(run) ?? new LruMap<string, RunResult>(KEPT);
  passes.set(run, cached);
  const known = cached.get(name);
  if (known) return known;
  const changed = await runAgain(run, intervention, kind === 'encoder', checkpoint);
  cached.set(name, changed);
  return changed;
}

async function runAgain(
  run: RunResult,
  intervention: NonNullable<ReturnType<typeof interventionOf>>,
  fromEncoder: boolean,
  checkpoint: () => Promise<void>,
): Promise<RunResult> {
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

/**
 * A state's what-if as what attention layers do differently: its mask in every layer and head of the state's kind, its
 * forced row in the layer and head that the state shows (in all of them where it shows a mean).
 * @param size heads and keys of the state's kind    @returns undefined where the state has no what-if
 */
export function interventionOf(
  { kind, layer, head, whatIf }: ViewState,
  size: { readonly heads: number; readonly keys: number },
): Intervention | undefined {
  if (whatIf === undefined) return undefined;
  const { mask, force } = whatIf;
  const hidden = mask.length === 0 ? undefined : new Uint8Array(size.keys);
  for (const key of mask) hidden![key] = 1;
  const heads = head === 'mean' ? Array.from({ length: size.heads }, (_, i) => i) : [head];
  const forced = force && { heads, query: force.query, keys: force.keys };
  return (where, at) => {
    if (where !== kind) return undefined;
    const here = layer === 'mean' || layer === at ? forced : undefined;
    return hidden || here ? { hidden, forced: here } : undefined;
  };
}

/** The query of a state in one run: weights [S] and context [dᵥ]; no context where the state shows a mean of heads. */
export interface QueryInRun {
  readonly run: RunResult;
  readonly weights: Float32Array;
  readonly context: Float32Array;
}

/** What a what-if changed for the query of a state. Every array is fresh. */
export function whatIfView(before: QueryInRun, after: QueryInRun, state: ViewState): WhatIfView {
  const [was, is] = [before, after].map(({ run }) => outputAt(run, state));
  const change = is.map((value, i) => value - was[i]);
  return {
    before: sideOf(before, state),
    after: sideOf(after, state),
    outputChange: Math.hypot(...change),
    outputNorm: Math.hypot(...was),
  };
}

function sideOf({ run, weights, context }: QueryInRun, state: ViewState): WhatIfSide {
  const predicts = run.pass.decoderOutput.rows > 0;
  return {
    weights,
    context,
    ...predictionsOf(run, state),
    logProbability: predicts ? run.summary.logProbability : undefined,
  };
}

/** What the layer's attention puts out for the query, [D]. */
function outputAt({ pass }: RunResult, { kind, layer, query }: ViewState): Float32Array {
  const records = pass[kind];
  return rows((layer === 'mean' ? records.at(-1)! : records[layer]).output, query, query + 1).data;
}
