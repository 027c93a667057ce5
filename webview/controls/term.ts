import { html, type TemplateResult } from 'lit';
import type { TermName } from '../terms/term-name.ts';

/**
 * A word of the field that explains itself: on hover, on focus, on a tap. What it says is shown by <ax-term-tip>, which
 * looks for `data-term`; a control that can be focused already has just that.
 * @param label as it stands in the text
 */
export function term(name: TermName, label: TemplateResult | string): TemplateResult {
  return html`<button type="button" class="term" data-term=${name}>${label}</button>`;
}
