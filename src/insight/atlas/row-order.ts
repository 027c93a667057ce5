/**
 * Rows in the order in which they are computed: one of every block of 2^top rows first, then another of every block, those
 * far from each other first. A picture of the whole is there after the first sweep and fills in evenly.
 * @returns a permutation of 0 … rows − 1
 */
export function rowOrder(rows: number, top: number): Int32Array {
  const order = new Int32Array(rows);
  const size = 2 ** top;
  let at = 0;
  for (let i = 0; i < size; i++) {
    for (let row = reversed(i, top); row < rows; row += size) order[at++] = row;
  }
  return order;
}

/** The lowest `bits` bits in the opposite order. */
function reversed(value: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) result = result * 2 + (Math.floor(value / 2 ** bit) % 2);
  return result;
}
