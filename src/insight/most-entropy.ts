import type { Matrix } from '../tensor/matrix.ts';

/** Mean over the rows of ln(keys that the row may look at): ln S without a mask. */
export function mostEntropy({ rows, cols }: Matrix, masked: (t: number, s: number) => boolean): number {
  let sum = 0;
  for (let t = 0; t < rows; t++) {
    let keys = 0;
    for (let s = 0; s < cols; s++) if (!masked(t, s)) keys++;
    sum += Math.log(Math.max(1, keys));
  }
  return rows === 0 ? 0 : sum / rows;
}
