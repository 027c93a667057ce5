import { type MatrixOf, TILE } from '../../contract/choices.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { AtlasInfo } from '../../contract/tiles.ts';
import type { ViewState } from '../../contract/view-state.ts';
import { axesOf } from '../axes.ts';
import { axisLabels } from '../axis-labels.ts';
import { MATRIX_OF } from '../matrix-of.ts';

/**
 * The atlas of the matrix that a state shows of a run. Rollout is a product of whole matrices and has none: then it is that
 * of the phase.
 * @param state clamped to the run; its what-if counts only where it is one that was run
 */
export function atlasInfo(summary: RunSummary, state: ViewState): AtlasInfo {
  const { kind, layer, head, unit, special, whatIf } = state;
  const of: MatrixOf = state.matrix === 'value' ? 'value' : MATRIX_OF[state.phase];
  const axes = axesOf(summary, kind);
  const rows = axisLabels(axes.rows.tokens, axes.rows.text, unit, special).length;
  const cols = axisLabels(axes.cols.tokens, axes.cols.text, unit, special).length;
  const name = [summary.runId, kind, layer, head, unit, special === 'hide' ? 'hide' : 'show', of];
  const id = whatIf === undefined ? name.join(' ') : `${name.join(' ')} ${JSON.stringify(whatIf)}`;
  return { id, of, rows, cols, top: Math.max(0, Math.ceil(Math.log2(Math.max(rows, cols, 1) / TILE))) };
}
