import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { isOfAllHeads, isShare } from './line-values.ts';
import { leastDrawn, lineCount } from './strengths.ts';

/** A threshold as it is said: the weight itself, or a share of the largest number where there is no upper end. */
export function thresholdText(view: ExplorationView, threshold: number): string {
  const digits = threshold > 0 && threshold < 0.01 ? 3 : 2;
  return isShare(view) ? threshold.toFixed(digits) : t('{0} % of the largest', Number((threshold * 100).toFixed(1)));
}

/** How many lines are drawn of how many. */
export function drawnText(view: ExplorationView, drawn: number, all: number, threshold: number): string {
  const count = (n: number) => n.toLocaleString('en-US');
  return drawn >= all
    ? t('{0} lines. Wider and stronger is more.', count(all))
    : t(
        '{0} of {1} lines, from {2} on. Wider and stronger is more.',
        count(drawn),
        count(all),
        thresholdText(view, threshold),
      );
}

/** What stands below the picture. @param drawn lines, links that were added left out */
export function lineNote(view: ExplorationView, drawn: number, threshold: number): string {
  return [
    drawnText(view, drawn, lineCount(view), leastDrawn(view, threshold)),
    ...(view.of === 'score' ? [t('Two colours: above and below 0.')] : []),
    ...(view.before && !isOfAllHeads(view) ? [t('Dotted: before the change.')] : []),
  ].join(' ');
}
