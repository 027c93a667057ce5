import type { AttentionRecord } from '../attention/attention-record.ts';
import { HeadRows } from '../attention/head-rows.ts';
import type { HeadTrace } from '../attention/head-trace.ts';
import type { StepView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { axesOf, tokenLabel } from '../insight/axes.ts';
import { maskOf } from '../insight/state-selection.ts';
import { readMatrix } from '../tensor/deferred-matrix.ts';
import { type Matrix, matrix, rows } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';
import { predictionsOf } from './predictions.ts';
import type { RunResult } from './run-result.ts';

/** Keys that a step of a long run has: more are more than anybody reads, and would be megabytes. */
export const STEP_KEYS = 200;

/** What query, match and combine leave behind for one query of one head. Every array is fresh. */
export interface QueryTrace {
  /** q·k; divided, with bias; [S]: −Infinity where masked. Softmax: 0 there. */
  readonly scores: Float32Array;
  readonly scaled: Float32Array;
  readonly weights: Float32Array;
  /** Σ weight × value, [dᵥ]; through this head's rows of W_O, [D]. */
  readonly context: Float32Array;
  readonly output: Float32Array;
}

/** Read off the trace of all queries. @param trace of a head of the record    @param query row of the record */
export function readQuery(record: AttentionRecord, trace: HeadTrace, query: number): QueryTrace {
  return {
    scores: withMask(record, query, rowOf(trace.scores, query)),
    scaled: rowOf(trace.scaled, query),
    weights: rowOf(trace.weights, query),
    context: rowOf(trace.context, query),
    output: rowOf(trace.output, query),
  };
}

/** Computed without the other queries: O(S·(dₖ + dᵥ)). @param head 0-based    @param query row of the record */
export function traceQuery(record: AttentionRecord, head: number, query: number): QueryTrace {
  const { v, heads, divisor, bias, outputWeight } = record;
  const found = new HeadRows(record, head, false).whole([query], { withScores: true });
  const weights = found.weights.data.slice();
  const added = bias?.row(head, query);
  const scores = withMask(record, query, found.scores!.data);
  const width = v.cols / heads;
  const { data: values } = readMatrix(v);
  const context = matrix(1, width);
  for (let s = 0; s < v.rows; s++) {
    const weight = weights[s];
    if (weight === 0) continue;
    const at = s * v.cols + head * width;
    for (let i = 0; i < width; i++) context.data[i] += weight * values[at + i];
  }
  return {
    scores,
    scaled: scores.map((score, s) => score / divisor + (added?.[s] ?? 0)),
    weights,
    context: context.data,
    output: matmul(context, rows(readMatrix(outputWeight), head * width, (head + 1) * width)).data.slice(),
  };
}

/**
 * What the three phases leave behind for the query of a state. Every array is fresh, none belongs to the run.
 * @param state clamped to the run, of one head    @param trace of the state's query
 * @param chosen keys to show, ascending, where they are not all: see strongestKeys
 */
export function buildStep(run: RunResult, state: ViewState, trace: QueryTrace, chosen?: readonly number[]): StepView {
  const { kind, query } = state;
  const [layer, head] = [Number(state.layer), Number(state.head)];
  const record = run.pass[kind][layer];
  const axes = axesOf(run.summary, kind);
  const keys = chosen ?? Array.from(trace.weights.keys());
  const pick = (values: Float32Array) => Float32Array.from(keys, (s) => values[s]);
  return {
    layer,
    head,
    query,
    token: tokenLabel(axes.rows.tokens, query),
    reads: axes.reads && tokenLabel(axes.reads.tokens, query),
    divisor: record.divisor,
    state: rowOf(record.input, query),
    q: ofHead(readMatrix(record.q), head, record.heads, [query]),
    keys: ofHead(readMatrix(record.k), head, record.heads, keys),
    keyTokens: keys.map((s) => tokenLabel(axes.cols.tokens, s)),
    keyCount: chosen && record.k.rows,
    scores: pick(trace.scores),
    scaled: pick(trace.scaled),
    weights: pick(trace.weights),
    values: ofHead(readMatrix(record.v), head, record.heads, keys),
    context: trace.context,
    headOutput: trace.output,
    output: rowOf(record.output, query),
    ...predictionsOf(run, state),
  };
}

/** The STEP_KEYS keys with most weight and those of `also`, ascending. @param weights [S] */
export function strongestKeys(weights: Float32Array, also: readonly number[] = []): number[] {
  const best = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a] || a - b);
  return [...new Set([...best.slice(0, STEP_KEYS), ...also])].sort((a, b) => a - b);
}

/** −Infinity where the query may not look. */
function withMask(record: AttentionRecord, query: number, scores: Float32Array): Float32Array {
  const masked = maskOf(record);
  return scores.map((score, s) => (masked(query, s) ? Number.NEGATIVE_INFINITY : score));
}

/** Rows of the columns of one head, side by side: [rows·width]. */
function ofHead({ cols, data }: Matrix, head: number, heads: number, chosen: readonly number[]): Float32Array {
  const width = cols / heads;
  const out = new Float32Array(chosen.length * width);
  chosen.forEach((row, i) => {
    const at = row * cols + head * width;
    out.set(data.subarray(at, at + width), i * width);
  });
  return out;
}

function rowOf({ cols, data }: Matrix, row: number): Float32Array {
  return data.slice(row * cols, (row + 1) * cols);
}
