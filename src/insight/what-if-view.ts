import type { HeadTrace } from '../attention/head-trace.ts';
import type { ViewState } from '../exploration/view-state.ts';
import type { WhatIfSide, WhatIfView } from '../protocol/exploration-view.ts';
import { rows } from '../tensor/rows.ts';
import type { KeptRun } from './kept-run.ts';
import { predictionsAt } from './predictions-at.ts';
import type { ShownMatrices } from './shown-matrices.ts';

/** A run as it is looked at: its matrices, and the trace of the head where the state shows one. */
export interface Looked {
  readonly run: KeptRun;
  readonly matrices: Pick<ShownMatrices, 'pieceWeights'>;
  readonly trace: HeadTrace | undefined;
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

function sideOf({ run, matrices, trace }: Looked, { kind, query }: ViewState): WhatIfSide {
  const predicts = run.pass.decoderOutput.rows > 0;
  const predicted = kind === 'encoder' ? { predictions: [], actual: undefined } : predictionsAt(run, query);
  return {
    weights: rows(matrices.pieceWeights, query, query + 1).data.slice(),
    context: trace ? rows(trace.context, query, query + 1).data.slice() : new Float32Array(0),
    ...predicted,
    logProbability: predicts ? run.summary.logProbability : undefined,
  };
}

/** What the layer's attention puts out for the query, [D]. */
function outputAt({ pass }: KeptRun, { kind, layer, query }: ViewState): Float32Array {
  const records = pass[kind];
  return rows((layer === 'mean' ? records.at(-1)! : records[layer]).output, query, query + 1).data;
}
