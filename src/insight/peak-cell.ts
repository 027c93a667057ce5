import type { AxisLabel } from '../contract/view.ts';
import type { Matrix } from '../tensor/matrix.ts';

type Mark = Pick<AxisLabel, 'special'>;

/**
 * The strongest cell whose row and column are no special tokens; the first of equals.
 * @param weights [rows, cols]    @returns undefined where there is no such cell with weight
 */
export function peakCell(
  weights: Matrix,
  rows: readonly Mark[],
  cols: readonly Mark[],
): { row: number; col: number; weight: number } | undefined {
  let peak: { row: number; col: number; weight: number } | undefined;
  for (let row = 0; row < weights.rows; row++) {
    if (rows[row].special) continue;
    for (let col = 0; col < weights.cols; col++) {
      const weight = weights.data[row * weights.cols + col];
      if (!cols[col].special && weight > (peak?.weight ?? 0)) peak = { row, col, weight };
    }
  }
  return peak;
}
