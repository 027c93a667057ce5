import { html, nothing, type TemplateResult } from 'lit';
import type { AxisLabel } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';

export interface ColumnOptions {
  readonly side: 'row' | 'col';
  readonly name: string;
  readonly labels: readonly AxisLabel[];
  readonly height: number;
  /** The query; −1 for none. */
  readonly chosen: number;
  /** Where the keyboard stops. */
  readonly stop: number;
  readonly lit: readonly number[];
  readonly dim: boolean;
  /** Whether a column of this height, px, stays in sight while the other one is scrolled. */
  readonly held: (height: number) => boolean;
  /** Masked by a what-if. */
  readonly struck: (index: number) => boolean;
  /** What the token that is pointed at gives each of these; undefined while none is. */
  readonly numbers: ReadonlyMap<number, number> | undefined;
  /** Whether such a number is one to look at first. */
  readonly isStrong: (number: number) => boolean;
}

/** One column of tokens; the element above hears of clicks, keys and pointers. */
export function tokenColumn(options: ColumnOptions): TemplateResult {
  const { side, name, labels, height, held, chosen, stop, lit, dim, struck, numbers, isStrong } = options;
  return html`<div class="tokens of-${side}s ${held(labels.length * height) ? 'held' : ''}" role="listbox" aria-label=${name} aria-orientation="vertical">
    ${labels.map((label, i) => {
      const number = numbers?.get(i);
      const classes = [
        i === chosen ? 'on' : '',
        lit.includes(i) || (number !== undefined && isStrong(number)) ? 'hov' : '',
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
