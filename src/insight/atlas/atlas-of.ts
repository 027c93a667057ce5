import type { ViewState } from '../../exploration/view-state.ts';
import { axesOf } from '../axes-of.ts';
import { axisLabels } from '../axis-labels.ts';
import type { KeptRun } from '../kept-run.ts';
import { selectedHeads } from '../selected-heads.ts';
import { Atlas } from './atlas.ts';
import { atlasInfo } from './atlas-info.ts';
import { spansOf } from './spans.ts';

/**
 * The atlas of what a state shows of a run; nothing is computed yet.
 * @param state clamped to the run    @param changed the run with the state's what-if, where there is one
 */
export function atlasOf(run: KeptRun, state: ViewState, changed?: KeptRun): Atlas {
  const shown = changed ? state : { ...state, whatIf: undefined };
  const info = atlasInfo(run.summary, shown);
  const axes = axesOf(run.summary, shown.kind);
  const spans = ({ tokens, text }: (typeof axes)['rows']) =>
    spansOf(axisLabels(tokens, text, shown.unit, shown.special), tokens.length);
  const heads = selectedHeads((changed ?? run).pass[shown.kind], shown);
  return new Atlas(info, { heads, rows: spans(axes.rows), cols: spans(axes.cols), of: info.of });
}
