import type { StepView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { KeptRun } from '../run/run-result.ts';
import type { Matrix } from '../tensor/matrix.ts';
import { axesOf } from './axes.ts';
import { axisLabels } from './axis-labels.ts';
import type { LongRow } from './long-row.ts';
import { predictionsOf } from './predictions-at.ts';

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
    state: rowOf(record.input, query),
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
    output: rowOf(record.output, query),
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

function rowOf({ cols, data }: Matrix, row: number): Float32Array {
  return data.slice(row * cols, (row + 1) * cols);
}
