import type { Phase } from '../exploration/view-state.ts';
import type { MatrixOf } from '../protocol/exploration-view.ts';

/** The matrix of each phase. */
export const MATRIX_OF: Readonly<Record<Phase, MatrixOf>> = {
  query: 'score',
  match: 'weight',
  combine: 'contribution',
};
