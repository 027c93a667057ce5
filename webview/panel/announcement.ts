import type { ExplorationView } from '../../src/contract/view.ts';
import { rowWeights } from '../../src/insight/attended-words.ts';
import { t } from '../base/l10n.ts';
import { percent } from '../base/value-format.ts';
import { strongest } from '../heatmap/cell-interaction.ts';
import { legendWords } from '../heatmap/legend.ts';
import { valueScale } from '../heatmap/value-scale.ts';
import { targetWords } from '../what-if/what-if-words.ts';

/** What a screen reader says when another view has come: the phase, its token, and what it looks at most. */
export function announcement(view: ExplorationView, last: ExplorationView | undefined): string {
  const { state, row, cols } = view;
  const label = view.rows[row];
  if (!label) return '';
  const same =
    last?.runId === view.runId &&
    last.state.phase === state.phase &&
    last.state.query === state.query &&
    last.state.kind === state.kind &&
    last.state.layer === state.layer &&
    last.state.head === state.head &&
    JSON.stringify(last.state.whatIf) === JSON.stringify(state.whatIf) &&
    last.of === view.of;
  if (same) return '';
  const phase = { query: t('Query'), match: t('Match'), combine: t('Combine') }[state.phase];
  // What the picture shows is what is said; the weights where that is q · k or a contribution.
  const { map } = view;
  const isOther = view.of === 'value' || view.of === 'rollout';
  const others = map.kind === 'whole' && isOther ? map.values : undefined;
  const at = row * cols.length;
  const values = others?.subarray(at, at + cols.length) ?? rowWeights(view, row) ?? new Float32Array(0);
  const best = strongest(values);
  const key = cols[best]?.text ?? '';
  const said = others
    ? t(
        '{0}, {1}: most at {2}, {3} {4}',
        phase,
        label.text,
        key,
        legendWords(view.of, valueScale(view.of, others)).name,
        (values[best] || 0).toFixed(2),
      )
    : t('{0}, {1}: looks most at {2}, weight {3}', phase, label.text, key, (values[best] || 0).toFixed(2));
  return [said, ...whatIfSaid(view)].join('. ');
}

/** What a what-if did to the prediction and to the target. */
function whatIfSaid({ whatIf }: ExplorationView): string[] {
  if (!whatIf) return [];
  const [was, is] = [whatIf.before.predictions[0], whatIf.after.predictions[0]];
  const words = targetWords(whatIf);
  return [
    t('What if'),
    ...(was && is
      ? [t('next before {0} {1}, after {2} {3}', was.text, percent(was.probability), is.text, percent(is.probability))]
      : []),
    ...(words ? [t('the whole target is {0}', words)] : []),
  ];
}
