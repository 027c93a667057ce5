/** @returns 1-based rank of the cell among its row's values, and how many count (masked ones don't) */
export function rank(
  values: Float32Array,
  cols: number,
  row: number,
  col: number,
): { readonly rank: number; readonly of: number } {
  const own = values[row * cols + col]!;
  let above = 0;
  let of = 0;
  for (let c = 0; c < cols; c++) {
    const x = values[row * cols + c]!;
    if (Number.isNaN(x)) continue;
    of++;
    if (x > own) above++;
  }
  return { rank: above + 1, of };
}
