/** Row `index` of a flat [rows · width] array, without copying. */
export function rowOf(flat: Float32Array, index: number, width: number): Float32Array {
  return flat.subarray(index * width, (index + 1) * width);
}

/** Greatest magnitude, at least a hair above 0 so that it can be divided by. */
export function reach(...vectors: readonly Float32Array[]): number {
  let most = 1e-12;
  for (const vector of vectors) for (const x of vector) most = Math.max(most, Math.abs(x));
  return most;
}

/** Euclidean length. */
export function lengthOf(vector: Float32Array): number {
  let sum = 0;
  for (const x of vector) sum += x * x;
  return Math.sqrt(sum);
}

/**
 * Pixels for one number of a strip: whole ones while they fit, so that bars are sharp, else a fraction, so that
 * nothing is cut off.
 * @param space pixels for the strip    @param most widest bar
 */
export function unitFor(space: number, count: number, most: number): number {
  const unit = Math.max(1, space) / Math.max(1, count);
  return unit >= 1 ? Math.min(most, Math.floor(unit)) : unit;
}
