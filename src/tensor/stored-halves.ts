import type { HalfMatrix } from './half-precision.ts';
import { backend } from './kernels.ts';

/**
 * Rows [from, to) as they are stored, wherever they are kept.
 * @returns [to − from, cols], perhaps a view
 * @throws Error when a backend had taken them and is gone
 */
export function storedHalves(weight: HalfMatrix, from = 0, to = weight.rows): Uint16Array {
  const { cols, halves } = weight;
  if (halves.length > 0 || cols === 0 || from === to) return halves.subarray(from * cols, to * cols);
  const rows = backend()?.adopted(weight, from, to);
  if (rows === undefined) throw new Error('The weights were in the memory of kernels that are no longer in use.');
  return rows;
}
