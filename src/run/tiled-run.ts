import type { ViewState } from '../contract/view-state.ts';
import { atlasInfo } from '../insight/atlas/atlas-info.ts';
import { spansOf } from '../insight/atlas/spans.ts';
import { axesOf } from '../insight/axes.ts';
import { axisLabels } from '../insight/axis-labels.ts';
import { selectedHeads } from '../insight/state-selection.ts';
import { type LongLook, LongMatrix } from '../insight/tiles/long-matrix.ts';
import { Atlas } from '../insight/tiles/tiled-matrix.ts';
import type { KeptRun } from './run-result.ts';

/**
 * The atlas of what a state shows of a run; nothing is computed yet.
 * @param state clamped to the run    @param changed the run with the state's what-if, where there is one
 */
export function atlasOf(run: KeptRun, state: ViewState, changed?: KeptRun): Atlas {
  const shown = changed ? state : { ...state, whatIf: undefined };
  const info = atlasInfo(run.summary, shown);
  return new Atlas(info, { ...lookOf(changed ?? run, shown), of: info.of });
}

/** Weights of one displayed row alone, [cols], without an atlas. @param run the one that is shown */
export function displayedRow(run: KeptRun, state: ViewState, row: number): Float32Array {
  return new LongMatrix({ ...lookOf(run, state), of: 'weight', kept: false }).stripe([row]).weights.slice();
}

function lookOf(
  run: KeptRun,
  { kind, layer, head, unit, special }: ViewState,
): Pick<LongLook, 'heads' | 'rows' | 'cols'> {
  const axes = axesOf(run.summary, kind);
  const spans = ({ tokens, text }: (typeof axes)['rows']) =>
    spansOf(axisLabels(tokens, text, unit, special), tokens.length);
  return { heads: selectedHeads(run.pass[kind], { layer, head }), rows: spans(axes.rows), cols: spans(axes.cols) };
}
