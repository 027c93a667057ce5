import { ExplorerError } from '../../contract/error.ts';
import { isLong, runShape } from '../../contract/state-bounds.ts';
import type { Seen } from './exported-view.ts';

/**
 * What is seen, for ways out that hold every cell of the matrix.
 * @throws ExplorerError 'export-too-large' where the run is so long that it is looked at in tiles
 */
export function wholeMatrix(seen: Seen): Seen {
  const { atlas } = seen.view;
  if (atlas) throw tooLong(atlas.rows, atlas.cols);
  return seen;
}

/** The same for a page, which has every kind of attention. */
export function wholeRun(seen: Seen): Seen {
  const shape = runShape(seen.run);
  const long = [shape.cross, shape.encoder, shape.decoder].find((kind) => kind.layers > 0 && isLong(kind));
  if (long) throw tooLong(long.rows.length, long.keys);
  return seen;
}

function tooLong(rows: number, cols: number): ExplorerError {
  return new ExplorerError(
    'export-too-large',
    `The matrix has ${rows} × ${cols} cells, too many for this format. Export the picture as PNG, or explore a shorter part of the text.`,
    { rows, cols },
  );
}
