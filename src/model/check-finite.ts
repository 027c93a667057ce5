import { ExplorerError } from '../contract/error.ts';
import type { Matrix } from '../tensor/matrix.ts';

/**
 * Weights that are numbers, but far too large, overflow on the way: what follows would be NaN everywhere.
 * @throws ExplorerError 'model-nan'
 */
export function checkFinite({ data }: Matrix, part: string, folder: string): void {
  for (const value of data) {
    if (Number.isFinite(value)) continue;
    throw new ExplorerError(
      'model-nan',
      `The ${part} of ${folder} computes ${value}: its weights are too large to be meant. Export the checkpoint again, or choose another.`,
      { tensor: part, file: folder, value: String(value) },
    );
  }
}
