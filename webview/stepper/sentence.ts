import { html, type TemplateResult } from 'lit';
import { t } from '../l10n.ts';

/**
 * A sentence of the bundle whose {0}, {1} … are tokens of the text, set apart from its words.
 * @param english the sentence: also the key of its translation
 */
export function sentence(english: string, ...words: readonly string[]): TemplateResult {
  const parts = t(english).split(/\{(\d+)\}/);
  return html`${parts.map((part, i) => (i % 2 === 0 ? part : html`<bdi class="w">${words[Number(part)]}</bdi>`))}`;
}
