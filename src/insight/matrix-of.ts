import type { MatrixOf } from '../contract/choices.ts';
import type { Phase } from '../contract/view-state.ts';

/** The matrix of each phase. */
export const MATRIX_OF: Readonly<Record<Phase, MatrixOf>> = {
  query: 'score',
  match: 'weight',
  combine: 'contribution',
};
