import { html, type TemplateResult } from 'lit';
import { t } from '../base/l10n.ts';
import { fill } from '../fill.ts';

/**
 * A sentence of the bundle whose {0}, {1} … are tokens of the text, set apart from its words.
 * @param english the sentence: also the key of its translation
 */
export function sentence(english: string, ...words: readonly string[]): TemplateResult {
  return html`${fill(
    t(english),
    words.map((word) => html`<bdi class="w">${word}</bdi>`),
  )}`;
}
