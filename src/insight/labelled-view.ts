import type { RunSummary, TokenInfo } from '../contract/run.ts';
import type { AtlasFacts } from '../contract/tiles.ts';
import type { AlignmentLink, AxisLabel, ExplorationView } from '../contract/view.ts';
import type { SpecialTokens, Unit, ViewState } from '../contract/view-state.ts';
import { axesOf } from './axes.ts';
import { axisLabels } from './axis-labels.ts';

const kept = new WeakMap<readonly TokenInfo[], Map<string, readonly AxisLabel[]>>();

/**
 * A view of a long run with its labels, which are made of the run's tokens once wherever they are needed, and with what
 * the atlas has found since. Other views as they are.
 */
export function labelledView(
  view: ExplorationView,
  run: Pick<RunSummary, 'source' | 'target' | 'sourceTokens' | 'targetTokens' | 'decoderInput'>,
  facts?: AtlasFacts,
): ExplorationView {
  if (!view.atlas) return view;
  const { kind, unit, special } = view.state;
  const axes = axesOf(run, kind);
  const labelled = {
    ...view,
    rows: labelsOf(axes.rows.tokens, axes.rows.text, unit, special),
    cols: labelsOf(axes.cols.tokens, axes.cols.text, unit, special),
  };
  if (facts?.id !== view.atlas.id) return labelled;
  const { entropy, peak } = facts;
  return { ...labelled, facts: { ...view.facts, entropy, peak }, alignment: linksOf(view.state, facts) };
}

function labelsOf(
  tokens: readonly TokenInfo[],
  text: string,
  unit: Unit,
  special: SpecialTokens,
): readonly AxisLabel[] {
  const made = kept.get(tokens) ?? new Map<string, readonly AxisLabel[]>();
  kept.set(tokens, made);
  const key = `${unit} ${special === 'hide'}`;
  const labels = made.get(key) ?? axisLabels(tokens, text, unit, special);
  made.set(key, labels);
  return labels;
}

function linksOf({ alignment }: ViewState, { linked }: AtlasFacts): AlignmentLink[] {
  if (alignment !== 'argmax') return [];
  return Array.from(linked, (col, row) => ({ row, col })).filter(({ col }) => col >= 0);
}
