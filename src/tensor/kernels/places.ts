/** Bytes of an array of so many floats: each begins at a cache line, and kernels may write whole vectors of four. */
const aligned = (size: number) => Math.ceil(size / 16) * 64;

export function bytesOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + aligned(size), 0);
}

/** Addresses of the arrays, one behind the other. */
export function placesOf(at: number, sizes: readonly number[]): number[] {
  let next = at;
  return sizes.map((size) => {
    const place = next;
    next += aligned(size);
    return place;
  });
}
