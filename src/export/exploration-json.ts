import { floatText } from '../base/number-format.ts';
import type { RunSummary } from '../contract/run.ts';
import type { AxisLabel, StepView, WhatIfSide, WhatIfView, WholeView } from '../contract/view.ts';

/** Named in the file, so that a reader knows what it holds. Raised when a field changes its meaning or goes. */
export const JSON_FORMAT = { format: 'attention-explorer/exploration', version: 1 } as const;

/**
 * An exploration as it is seen, as JSON: the pair, its tokens, the state, the matrices of that state, and of one head
 * the steps of the query. Described in `media/exploration.schema.json`, which VS Code holds against
 * `*.attention.json`. Numbers are whole 32-bit floats; a masked cell is null. The model's folder is left out: it is
 * nobody else's business.
 */
export function explorationJson(view: WholeView, run: RunSummary): string {
  const { rows, cols, map, step } = view;
  const { folder: _, ...model } = run.model;
  const grid = (values: Float32Array) => matrix(values, cols.length);
  return `${prettyJson({
    ...JSON_FORMAT,
    model,
    source: run.source,
    target: run.target,
    generated: run.generated,
    direction: run.direction,
    logProbability: number(run.logProbability),
    tokens: { source: run.sourceTokens, target: run.targetTokens, decoderInput: run.decoderInput },
    state: view.state,
    rows: rows.map(label),
    cols: cols.map(label),
    of: view.of,
    values: grid(map.values),
    scores: grid(map.scores),
    weights: grid(map.weights),
    renormalized: view.renormalized,
    before: map.before && grid(map.before),
    alignment: view.alignment.map(({ row, col }) => [row, col]),
    facts: view.facts,
    step: step && stepOf(step),
    whatIf: view.whatIf && whatIfOf(view.whatIf),
  })}\n`;
}

function stepOf(step: StepView) {
  const { layer, head, query, token, reads, divisor, predictions, actual } = step;
  const keys = step.keyTokens.length;
  const widths = { keys: step.keys.length / keys, values: step.values.length / keys };
  return {
    layer,
    head,
    query,
    token: label(token),
    reads: reads && label(reads),
    divisor,
    state: list(step.state),
    q: list(step.q),
    keyTokens: step.keyTokens.map(label),
    keys: matrix(step.keys, widths.keys),
    scores: list(step.scores),
    scaled: list(step.scaled),
    weights: list(step.weights),
    values: matrix(step.values, widths.values),
    context: list(step.context),
    headOutput: list(step.headOutput),
    output: list(step.output),
    predictions,
    actual,
  };
}

function whatIfOf({ before, after, outputChange, outputNorm }: WhatIfView) {
  const side = ({ weights, context, predictions, actual, logProbability }: WhatIfSide) => ({
    weights: list(weights),
    context: list(context),
    predictions,
    actual,
    logProbability: logProbability === undefined ? undefined : number(logProbability),
  });
  return { before: side(before), after: side(after), outputChange, outputNorm };
}

function label({ text, from, to, start, end, special }: AxisLabel) {
  return { text, from, to, start, end, special };
}

function matrix(values: Float32Array, cols: number): (number | null)[][] {
  const count = cols === 0 ? 0 : values.length / cols;
  return Array.from({ length: count }, (_, r) => list(values.subarray(r * cols, (r + 1) * cols)));
}

function list(values: Float32Array): (number | null)[] {
  return Array.from(values, number);
}

/** JSON has no word for NaN and −Infinity: masked. */
function number(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Math.fround(value) === value ? Number(floatText(value)) : value;
}

/** A longer list or object is written over several lines. */
const LINE = 110;

/** JSON that a person can read: as JSON.stringify indents it, but what fits on a line stands on one, rows of numbers always. */
function prettyJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (value === null || typeof value !== 'object') return flat;
  const isRow = Array.isArray(value) && value.every((item) => item === null || typeof item === 'number');
  if (isRow || indent.length + flat.length <= LINE) return isRow ? flat : spaced(value);
  const deeper = `${indent}  `;
  const inner = Array.isArray(value)
    ? value.map((item) => prettyJson(item, deeper))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${prettyJson(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${inner.map((line) => deeper + line).join(',\n')}\n${indent}${close}`;
}

/** On one line, with a space after commas and colons. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`).join(', ')} }`;
}

/** The weights with their labels as JSON, a row a query; a masked cell is null. */
export function weightsJson({ rows, cols, map: { weights, values } }: WholeView): string {
  const cell = (at: number) => (Number.isNaN(values[at]) ? null : Number(floatText(weights[at])));
  return prettyJson({
    queries: rows.map(({ text }) => text),
    keys: cols.map(({ text }) => text),
    weights: rows.map((_, r) => cols.map((__, c) => cell(r * cols.length + c))),
  });
}
