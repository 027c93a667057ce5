import type { WhatIfSide, WhatIfView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { KeptRun } from '../run/run-result.ts';
import { rows } from '../tensor/matrix.ts';
import { predictionsOf } from './predictions-at.ts';

/** A run as it is looked at: weights [S] and context [dᵥ] of the query; no context where the state shows no one head. */
export interface Looked {
  readonly run: KeptRun;
  readonly weights: Float32Array;
  readonly context: Float32Array;
}

/** What a what-if changed for the query of a state. Every array is fresh. */
export function whatIfView(before: Looked, after: Looked, state: ViewState): WhatIfView {
  const [was, is] = [before, after].map(({ run }) => outputAt(run, state));
  const change = is.map((value, i) => value - was[i]);
  return {
    before: sideOf(before, state),
    after: sideOf(after, state),
    outputChange: Math.hypot(...change),
    outputNorm: Math.hypot(...was),
  };
}

function sideOf({ run, weights, context }: Looked, state: ViewState): WhatIfSide {
  const predicts = run.pass.decoderOutput.rows > 0;
  return {
    weights,
    context,
    ...predictionsOf(run, state),
    logProbability: predicts ? run.summary.logProbability : undefined,
  };
}

/** What the layer's attention puts out for the query, [D]. */
function outputAt({ pass }: KeptRun, { kind, layer, query }: ViewState): Float32Array {
  const records = pass[kind];
  return rows((layer === 'mean' ? records.at(-1)! : records[layer]).output, query, query + 1).data;
}
