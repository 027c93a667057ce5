import { ATLAS_FROM } from '../contract/tiles.ts';
import type { KindShape } from './run-shape.ts';

/** Whether the matrices of a kind are too large to be made as a whole: pieces × pieces above ATLAS_FROM. */
export function isLong({ rows, keys }: Pick<KindShape, 'rows' | 'keys'>): boolean {
  return rows.length * keys > ATLAS_FROM;
}
