import type { AxisLabel, WholeView } from '../contract/view.ts';

/** How B differs from A, where both ask and are asked by the same tokens. */
export interface Difference {
  /** B − A, [rows·cols]; what is masked counts as 0, NaN where it is masked in both. */
  readonly values: Float32Array;
  /**
   * Mean over the rows of ½·Σ|B − A| of the weights, 0 … 1: the share of its attention that a query spends elsewhere
   * (total variation distance).
   */
  readonly distance: number;
  /** The cell that differs most; undefined where nothing does. */
  readonly peak: { readonly row: number; readonly col: number; readonly value: number } | undefined;
}

/** @returns undefined where rows or columns are not the same tokens, or the matrices not of the same kind */
export function differenceOf(a: WholeView, b: WholeView): Difference | undefined {
  if (a.of !== b.of || !sameTokens(a.rows, b.rows) || !sameTokens(a.cols, b.cols)) return undefined;
  const values = subtract(a.map.values, b.map.values);
  let peak: Difference['peak'];
  values.forEach((value, i) => {
    if (Math.abs(value) > Math.abs(peak?.value ?? 0))
      peak = { row: Math.floor(i / a.cols.length), col: i % a.cols.length, value };
  });
  const moved = subtract(a.map.weights, b.map.weights).reduce((sum, value) => sum + Math.abs(value || 0), 0);
  return { values, distance: a.rows.length ? moved / 2 / a.rows.length : 0, peak };
}

function subtract(a: Float32Array, b: Float32Array): Float32Array {
  return b.map((value, i) => {
    const from = a[i];
    if (Number.isNaN(value) && Number.isNaN(from)) return Number.NaN;
    return (Number.isNaN(value) ? 0 : value) - (Number.isNaN(from) ? 0 : from);
  });
}

function sameTokens(a: readonly AxisLabel[], b: readonly AxisLabel[]): boolean {
  return a.length === b.length && a.every(({ text }, i) => text === b[i].text);
}

/** The difference as a view that the heatmap draws: values are B − A, `before` are A's. */
export function differenceView(a: WholeView, b: WholeView, { values }: Difference): WholeView {
  const map = { ...a.map, values, before: a.map.values };
  return { ...a, runId: `${a.runId} ${b.runId}`, of: 'difference', map, step: undefined };
}
