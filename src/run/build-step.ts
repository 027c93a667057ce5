import type { HeadTrace } from '../attention/head-trace.ts';
import type { StepView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { axesOf } from '../insight/axes.ts';
import { axisLabels } from '../insight/axis-labels.ts';
import { maskOf } from '../insight/mask-of.ts';
import { predictionsOf } from '../insight/predictions-at.ts';
import type { Matrix } from '../tensor/matrix.ts';
import type { KeptRun } from './run-result.ts';

/**
 * What query, match and combine leave behind for the query of a state. Every array is fresh, none belongs to the run.
 * @param state clamped to the run    @param trace of the state's head
 * @returns undefined while layer or head is a mean: phases belong to one head
 */
export function stepView(run: KeptRun, state: ViewState, trace: HeadTrace): StepView | undefined {
  const { kind, layer, head, query } = state;
  if (layer === 'mean' || head === 'mean') return undefined;
  const record = run.pass[kind][layer];
  const masked = maskOf(record);
  const axes = axesOf(run.summary, kind);
  const weights = rowOf(trace.weights, query);
  const orMasked = (row: Float32Array) => row.map((score, s) => (masked(query, s) ? Number.NEGATIVE_INFINITY : score));
  return {
    layer,
    head,
    query,
    token: axisLabels(axes.rows.tokens, axes.rows.text, 'pieces', 'show')[query],
    reads: axes.reads && axisLabels(axes.reads.tokens, axes.reads.text, 'pieces', 'show')[query],
    divisor: record.divisor,
    state: rowOf(record.input, query),
    q: rowOf(trace.q, query),
    keys: trace.k.data.slice(),
    keyTokens: axisLabels(axes.cols.tokens, axes.cols.text, 'pieces', 'show'),
    scores: orMasked(rowOf(trace.scores, query)),
    scaled: orMasked(rowOf(trace.scaled, query)),
    weights,
    values: trace.v.data.slice(),
    contributions: trace.v.data.map((value, i) => value * weights[Math.floor(i / trace.v.cols)]),
    context: rowOf(trace.context, query),
    headOutput: rowOf(trace.output, query),
    output: rowOf(record.output, query),
    ...predictionsOf(run, state),
  };
}

function rowOf(values: Matrix, row: number): Float32Array {
  return values.data.slice(row * values.cols, (row + 1) * values.cols);
}
