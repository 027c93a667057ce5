import { html, nothing, type TemplateResult } from 'lit';
import type { MatrixOf } from '../../src/contract/choices.ts';
import { t } from '../base/l10n.ts';
import { css, type Palette } from '../color/palette.ts';
import { term } from '../controls/term.ts';
import { legendWords } from './legend-words.ts';
import { ramp } from './ramp.ts';
import type { ValueScale } from './value-scale.ts';

/** The ramp of the matrix on show, with a mark at the value pointed at. */
export function legend(of: MatrixOf, scale: ValueScale, palette: Palette, value: number | undefined): TemplateResult {
  const { name, from, to } = legendWords(of, scale);
  const mark = value !== undefined && !Number.isNaN(value);
  return html`<div class="legend">
    <span class="cap">${from}</span>
    <span class="ramp" role="img" aria-label=${t('{0}, {1} to {2}', name, from, to)}
      .style=${`background:linear-gradient(90deg,${ramp(scale, palette).map(css).join(',')})`}>
      ${mark ? html`<span class="mk" .style=${`left:${scale.position(value) * 100}%`}></span>` : nothing}
    </span>
    <span class="cap">${to}</span><span class="cap">${of === 'weight' || of === 'score' ? term(of, name) : name}</span>
  </div>`;
}
