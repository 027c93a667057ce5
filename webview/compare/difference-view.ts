import type { ExplorationView } from '../../src/contract/view.ts';
import type { Difference } from '../../src/insight/view-difference.ts';

/** The difference as a view that the heatmap draws: values are B − A, `before` are A's. */
export function differenceView(a: ExplorationView, b: ExplorationView, { values }: Difference): ExplorationView {
  return { ...a, runId: `${a.runId} ${b.runId}`, of: 'difference', values, before: a.values, step: undefined };
}
