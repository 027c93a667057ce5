import type { AttentionRecord } from '../attention/attention-record.ts';
import { HeadRows } from '../attention/head-rows.ts';
import type { HeadTrace } from '../attention/head-trace.ts';
import { isMasked } from '../attention/mask.ts';
import type { StepView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { axesOf, axisLabels } from '../insight/axes.ts';
import { maskOf } from '../insight/state-selection.ts';
import { type Matrix, matrix, rows } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';
import { predictionsOf } from './predictions.ts';
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

/** Keys that a step of a long run has: more are more than anybody reads, and would be megabytes. */
export const STEP_KEYS = 200;

/**
 * The step of one query with the keys that it gives most weight, and those of `also`, in the order of the text.
 * @param state clamped to the run, of one head    @param row that of the state's query
 */
export function longStep(run: KeptRun, state: ViewState, row: LongRow, also: readonly number[] = []): StepView {
  const { kind, query } = state;
  const [layer, head] = [Number(state.layer), Number(state.head)];
  const record = run.pass[kind][layer];
  const axes = axesOf(run.summary, kind);
  const label = ({ tokens, text }: typeof axes.cols, piece: number) => {
    const [found] = axisLabels(tokens.slice(piece, piece + 1), text, 'pieces', 'show');
    return { ...found, from: piece, to: piece + 1 };
  };
  const keys = strongest(row.weights, also);
  const pick = (values: Float32Array) => Float32Array.from(keys, (s) => values[s]);
  const dv = row.context.cols;
  const weights = pick(row.weights);
  const values = ofHead(record.v, head, record.heads, keys);
  return {
    layer,
    head,
    query,
    token: label(axes.rows, query),
    reads: axes.reads && label(axes.reads, query),
    divisor: record.divisor,
    state: longRowOf(record.input, query),
    q: ofHead(record.q, head, record.heads, [query]),
    keys: ofHead(record.k, head, record.heads, keys),
    keyTokens: keys.map((s) => label(axes.cols, s)),
    keyCount: record.k.rows,
    scores: pick(row.scores),
    scaled: pick(row.scaled),
    weights,
    values,
    contributions: values.map((value, i) => value * weights[Math.floor(i / dv)]),
    context: row.context.data.slice(),
    headOutput: row.output.data.slice(),
    output: longRowOf(record.output, query),
    ...predictionsOf(run, state),
  };
}

function strongest(weights: Float32Array, also: readonly number[]): number[] {
  const best = Array.from(weights, (_, s) => s).sort((a, b) => weights[b] - weights[a] || a - b);
  return [...new Set([...best.slice(0, STEP_KEYS), ...also])].sort((a, b) => a - b);
}

/** Rows of the columns of one head, side by side: [rows·width]. */
function ofHead({ cols, data }: Matrix, head: number, heads: number, rows: readonly number[]): Float32Array {
  const width = cols / heads;
  const out = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    const at = row * cols + head * width;
    out.set(data.subarray(at, at + width), i * width);
  });
  return out;
}

function longRowOf({ cols, data }: Matrix, row: number): Float32Array {
  return data.slice(row * cols, (row + 1) * cols);
}

/** What query, match and combine leave behind for one query of one head, without those of the others. */
export interface LongRow {
  /** q·k; divided, with bias; [S]: −Infinity where masked. Softmax: 0 there. */
  readonly scores: Float32Array;
  readonly scaled: Float32Array;
  readonly weights: Float32Array;
  /** Σ weight × value, [1, dᵥ]; through this head's rows of W_O, [1, D]. */
  readonly context: Matrix;
  readonly output: Matrix;
}

/** O(S·(dₖ + dᵥ)). @param head 0-based    @param query row of the record */
export function longRow(record: AttentionRecord, head: number, query: number): LongRow {
  const { v, heads, divisor, bias, outputWeight } = record;
  const match = new HeadRows(record, head, false);
  const found = match.whole([query], { withScores: true });
  const weights = found.weights.data.slice();
  const added = bias?.row(head, query);
  const masked = (s: number) => isMasked(match.seen, query, s);
  const orMasked = (row: Float32Array) => row.map((score, s) => (masked(s) ? Number.NEGATIVE_INFINITY : score));
  const scores = orMasked(found.scores!.data);
  const dv = v.cols / heads;
  const values = v.data;
  const context = matrix(1, dv);
  for (let s = 0; s < v.rows; s++) {
    const weight = weights[s];
    if (weight === 0) continue;
    const at = s * v.cols + head * dv;
    for (let i = 0; i < dv; i++) context.data[i] += weight * values[at + i];
  }
  return {
    scores,
    scaled: scores.map((score, s) => score / divisor + (added?.[s] ?? 0)),
    weights,
    context,
    output: matmul(context, rows(outputWeight, head * dv, (head + 1) * dv)),
  };
}
