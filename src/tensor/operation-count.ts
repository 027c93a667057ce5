/** Multiply-adds of matrix products since the counter was last set; undefined while nobody counts. */
let multiplications: number | undefined;

/** Called by every matrix product with m·n·k. One comparison where nobody counts. */
export function addMultiplications(count: number): void {
  if (multiplications !== undefined) multiplications += count;
}

/**
 * Runs `work` and counts what its matrix products really multiply, so that formulas can be checked against it.
 * @param work synchronous; counting does not nest
 */
export function countOperations(work: () => void): { readonly multiplications: number } {
  multiplications = 0;
  try {
    work();
    return { multiplications };
  } finally {
    multiplications = undefined;
  }
}
