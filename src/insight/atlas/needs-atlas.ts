import { isLong, type RunShape } from '../../contract/state-bounds.ts';
import type { ViewState } from '../../contract/view-state.ts';

/** Whether the matrix of a state is too large to be made as a whole: pieces × pieces above ATLAS_FROM. */
export function needsAtlas(shape: RunShape, { kind }: Pick<ViewState, 'kind'>): boolean {
  return isLong(shape[kind]);
}
