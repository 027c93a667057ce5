import { html, type TemplateResult } from 'lit';
import { t } from '../base/l10n.ts';
import { css } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { headStyle } from './head-colors.ts';

/** The heads of the layer in their colours: a click shows one alone, another click all of them again. */
export function swatches(
  heads: number,
  chosen: number | 'mean',
  choose: (head: number | 'mean') => void,
): TemplateResult {
  return html`<div class="swatches" role="group" aria-label=${t('Heads')}>
    ${Array.from({ length: heads }, (_, head) => {
      const { color, dash } = headStyle(head, theme.palette.background);
      const style = ['solid', 'dashed', 'dotted'][dash.length === 0 ? 0 : dash[0]! > 3 ? 1 : 2];
      const alone = chosen === head;
      return html`<button type="button" class="swatch ${chosen === 'mean' || alone ? '' : 'off'}" aria-pressed=${alone}
        title=${alone ? t('Show all heads') : t('Show head {0} alone', head + 1)} @click=${() => choose(alone ? 'mean' : head)}>
        <span class="ink" aria-hidden="true" .style=${`border-top:3px ${style} ${css(color)}`}></span>H${head + 1}</button>`;
    })}</div>`;
}
