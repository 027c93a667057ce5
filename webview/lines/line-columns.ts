import { html, nothing, type TemplateResult } from 'lit';
import type { AxisLabel, WholeView } from '../../src/contract/view.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { count, fixed } from '../base/value-format.ts';
import { isOfAllHeads, isShare, leastDrawn, lineCount, THRESHOLDS } from './line-list.ts';

/** Height of a token, px: as the design's rows, and least where there are many. */
const ROOMY = 24;
const TIGHT = 15;
/** Most that is in sight of both columns; what is higher scrolls, px. */
export const MAX_HEIGHT = 620;

export function tokenHeightOf({ rows, cols }: Pick<WholeView, 'rows' | 'cols'>): number {
  const most = Math.max(rows.length, cols.length, 1);
  return Math.max(TIGHT, Math.min(ROOMY, Math.floor(MAX_HEIGHT / most)));
}

/** A column that is no higher than what is in sight stays there while the other one is scrolled. */
export const isHeld = (height: number): boolean => height <= MAX_HEIGHT;

interface ColumnOptions {
  readonly side: 'row' | 'col';
  readonly name: string;
  readonly labels: readonly AxisLabel[];
  readonly height: number;
  /** The query; −1 for none. */
  readonly chosen: number;
  /** Where the keyboard stops. */
  readonly stop: number;
  readonly highlighted: readonly number[];
  readonly dim: boolean;
  /** Masked by a what-if. */
  readonly struck: (index: number) => boolean;
  /** What the token that is pointed at gives each of these; undefined while none is. */
  readonly numbers: ReadonlyMap<number, number> | undefined;
  /** Whether such a number is one to look at first. */
  readonly isStrong: (number: number) => boolean;
}

/** One column of tokens; the element above hears of clicks, keys and pointers. */
export function tokenColumn(options: ColumnOptions): TemplateResult {
  const { side, name, labels, height, chosen, stop, highlighted, dim, struck, numbers, isStrong } = options;
  return html`<div class="tokens of-${side}s ${isHeld(labels.length * height) ? 'held' : ''}" role="listbox" aria-label=${name} aria-orientation="vertical">
    ${labels.map((label, i) => {
      const number = numbers?.get(i);
      const classes = [
        i === chosen ? 'on' : '',
        highlighted.includes(i) || (number !== undefined && isStrong(number)) ? 'hov' : '',
        label.special && dim ? 'end' : '',
      ].join(' ');
      return html`<div class="token ${classes}" role="option" aria-selected=${i === chosen} tabindex=${i === stop ? 0 : -1}
        data-side=${side} data-index=${i} title=${label.text} .style=${`height:${height}px`}
        aria-label=${number === undefined ? label.text : t('{0}, {1}', label.text, said(number))}>
        <bdi class=${struck(i) ? 'struck' : ''}>${label.text}</bdi><span class="cap num" aria-hidden="true">${number === undefined ? nothing : said(number)}</span></div>`;
    })}</div>`;
}

/** Two digits, and three of what would read 0.00. */
const said = (number: number): string => fixed(number, number !== 0 && Math.abs(number) < 0.0095 ? 3 : 2);

/** What stands in the rows (queries) and the columns (keys) of a kind of attention. */
export function columnNames(kind: AttentionKind): { readonly rows: string; readonly cols: string } {
  return {
    rows: kind === 'encoder' ? t('Queries: source') : t('Queries: target'),
    cols: kind === 'decoder' ? t('Keys: target so far') : t('Keys: source'),
  };
}

/** A threshold as it is said: the weight itself, or a share of the largest number where there is no upper end. */
export function thresholdText(view: WholeView, threshold: number): string {
  const digits = threshold > 0 && threshold < 0.01 ? 3 : 2;
  return isShare(view) ? threshold.toFixed(digits) : t('{0} % of the largest', Number((threshold * 100).toFixed(1)));
}

/**
 * Sets the threshold of the lines, in steps that grow with it.
 * @param chosen it was set by hand: then what leaves a picture that can be read is offered again, as undefined
 */
export function thresholdSlider(
  view: WholeView,
  threshold: number,
  chosen: boolean,
  set: (threshold: number | undefined) => void,
): TemplateResult {
  const above = THRESHOLDS.findIndex((step) => step >= threshold - 1e-6);
  const step = above < 0 ? THRESHOLDS.length - 1 : above;
  const text = thresholdText(view, threshold);
  const onInput = (event: Event) => set(THRESHOLDS[Number((event.target as HTMLInputElement).value)]);
  return html`<label class="threshold"><span class="cap">${t('Threshold')}</span>
      <input type="range" min="0" max=${THRESHOLDS.length - 1} step="1" .value=${String(step)}
        aria-valuetext=${text} @input=${onInput}><span class="cap num">${text}</span></label>
    ${chosen ? html`<button type="button" class="button second auto" title=${t('Leave out what would make the picture unreadable')} @click=${() => set(undefined)}>${t('Automatic')}</button>` : nothing}`;
}

/** How many lines are drawn of how many. */
export function drawnText(view: WholeView, drawn: number, all: number, threshold: number): string {
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
export function lineNote(view: WholeView, drawn: number, threshold: number): string {
  return [
    drawnText(view, drawn, lineCount(view), leastDrawn(view, threshold)),
    ...(view.of === 'score' ? [t('Two colours: above and below 0.')] : []),
    ...(view.map.before && !isOfAllHeads(view) ? [t('Dotted: before the change.')] : []),
  ].join(' ');
}
