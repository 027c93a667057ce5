import { html, type TemplateResult } from 'lit';

/**
 * A word of the field that explains itself: on hover, on focus, on a tap. What it says is shown by <ax-term-tip>, which
 * looks for `data-term`; a control that can be focused already has just that.
 * @param label as it stands in the text
 */
export function term(name: TermName, label: TemplateResult | string): TemplateResult {
  return html`<button type="button" class="term" data-term=${name}>${label}</button>`;
}

/** The words of the field that the window explains. */
export const TERM_NAMES = [
  'query',
  'match',
  'combine',
  'key',
  'value',
  'state',
  'score',
  'scaling',
  'softmax',
  'weight',
  'masked',
  'context',
  'output',
  'cross',
  'encoder',
  'decoder',
  'layer',
  'head',
  'entropy',
  'sharpest',
  'peak',
  'diagonal',
  'sink',
  'piece',
  'word',
  'special',
  'probability',
  'beam',
  'complexity',
  'operations',
  'bytes',
  'time',
  'methodFull',
  'methodCross',
  'methodStreaming',
  'methodWindow',
  'methodLinear',
] as const;

export type TermName = (typeof TERM_NAMES)[number];
