import type { ViewState } from '../../contract/view-state.ts';
import { isLong } from '../../exploration/is-long.ts';
import type { RunShape } from '../../exploration/run-shape.ts';

/** Whether the matrix of a state is too large to be made as a whole: pieces × pieces above ATLAS_FROM. */
export function needsAtlas(shape: RunShape, { kind }: Pick<ViewState, 'kind'>): boolean {
  return isLong(shape[kind]);
}
