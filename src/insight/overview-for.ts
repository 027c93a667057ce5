import type { AttentionKind } from '../exploration/view-state.ts';
import type { Overview } from '../protocol/exploration-view.ts';
import type { KeptRun } from './kept-run.ts';
import { overviewOf } from './overview-of.ts';

/** The overview of a run, computed once a kind. The arrays are copies, so that they can be transferred away. */
export function overviewFor(run: KeptRun, kind: AttentionKind): Overview {
  let overview = run.overviews.get(kind);
  if (!overview) run.overviews.set(kind, (overview = overviewOf(run.pass[kind])));
  return { ...overview, values: overview.values.slice(), entropy: overview.entropy.slice() };
}
