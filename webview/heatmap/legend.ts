import { html, nothing, type TemplateResult } from 'lit';
import type { MatrixOf } from '../../src/protocol/exploration-view.ts';
import { css, type Palette } from '../color/palette.ts';
import { fixed } from '../format.ts';
import { t } from '../l10n.ts';
import type { ValueScale } from './scale.ts';

const STOPS = 16;

/** The ramp of the matrix on show, with a mark at the value pointed at. */
export function legend(of: MatrixOf, scale: ValueScale, palette: Palette, value: number | undefined): TemplateResult {
  const name = { weight: t('weight'), score: t('score q · k'), contribution: t('‖weight × value‖') }[of];
  const digits = of === 'weight' && scale.max === 1 ? 0 : scale.max < 10 ? 2 : 1;
  const stops = Array.from({ length: STOPS + 1 }, (_, i) =>
    css(scale.color(scale.min + ((scale.max - scale.min) * i) / STOPS, palette)),
  );
  const from = fixed(scale.min, scale.min === 0 ? 0 : digits);
  const to = fixed(scale.max, digits);
  const mark = value !== undefined && !Number.isNaN(value);
  return html`<div class="legend">
    <span class="cap">${from}</span>
    <span class="ramp" role="img" aria-label=${t('{0}, {1} to {2}', name, from, to)}
      .style=${`background:linear-gradient(90deg,${stops.join(',')})`}>
      ${mark ? html`<span class="mk" .style=${`left:${scale.position(value) * 100}%`}></span>` : nothing}
    </span>
    <span class="cap">${to}</span><span class="cap">${name}</span>
  </div>`;
}
