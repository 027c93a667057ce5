import { initialView } from '../../../src/contract/state-bounds.ts';
import type { ViewState } from '../../../src/contract/view-state.ts';
import { run } from '../../../src/run/run-pair.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { wholeView } from '../insight/whole-view.ts';
import { smallModel } from '../run/small-model.ts';

/** Words that some format or other would take for its own; the small model cuts the emoji into halves. */
const SOURCE = 'say "<&\u0007>" =cmd|calc! \u202E a,b; </script><!-- 😀😀 x|y* שלום';
const TARGET = "@SUM(1) -2 `c` مرحبا 冰淇淋 ]]> ' \\end";

/** A run of the small model whose tokens are as bad as they come. */
export function hostileRun(): Promise<RunResult> {
  return run(
    smallModel(),
    { folder: '/home/somebody/small', source: SOURCE, target: TARGET },
    () => undefined,
    async () => undefined,
  );
}

export function viewOf(kept: RunResult, change: Partial<ViewState> = {}) {
  return wholeView(kept, { ...initialView(kept.summary), ...change });
}

/** States that differ in what they show: masked cells, words, means, each phase. */
export const STATES: readonly Partial<ViewState>[] = [
  {},
  { kind: 'decoder', unit: 'pieces', special: 'show' },
  { kind: 'decoder', phase: 'query', unit: 'words' },
  { kind: 'encoder', layer: 'mean', head: 'mean', phase: 'combine' },
  { kind: 'cross', head: 'mean', special: 'hide', phase: 'query' },
];
