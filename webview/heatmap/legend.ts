import { html, nothing, type TemplateResult } from 'lit';
import type { MatrixOf } from '../../src/contract/choices.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { fixed, short } from '../base/value-format.ts';
import { css, type Palette } from '../color/palette.ts';
import { term } from '../controls/term.ts';
import { ramp, type ValueScale } from './value-scale.ts';

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

/** What the legend says: the name of the values, and the numbers at both ends of the scale. */
export function legendWords(of: MatrixOf, scale: ValueScale): { name: string; from: string; to: string } {
  const name = {
    weight: t('weight'),
    score: t('score q · k'),
    contribution: t('‖weight × value‖'),
    value: t('‖weight × value × W_O‖'),
    rollout: t('rollout'),
    difference: t('B − A'),
  }[of];
  // Means over a long text are small: as many digits as it takes to see one.
  const small = Math.max(2, -Math.floor(Math.log10(scale.max)));
  const digits = of === 'weight' && scale.max === 1 ? 0 : scale.max < 10 ? small : 1;
  return {
    name,
    from: fixed(scale.min, scale.min === 0 ? 0 : digits),
    to: fixed(scale.max, digits),
  };
}

/** What the heatmap's numbers are. */
export const TITLE = {
  score: () => t('Scores'),
  weight: () => t('Weights'),
  contribution: () => t('Contributions'),
  value: () => t('Value-weighted attention'),
  rollout: () => t('Attention rollout'),
  difference: () => t('Difference, B − A'),
};

/** What the numbers of a picture are of: layer and head, and what was done to them. */
export function pictureCaption(view: ExplorationView): string {
  if (view.of === 'difference') return t('above 0: more in B; below 0: more in A');
  return [
    placeOf(view),
    ...(view.whatIf ? [t('after the change')] : []),
    ...(view.renormalized ? [t('special tokens left out, each row divided by what remains')] : []),
  ].join(' · ');
}

function placeOf({ of, state: { layer, head } }: ExplorationView): string {
  if (of !== 'rollout') return `${short('L', layer, t('mean'))} · ${short('H', head, t('mean'))}`;
  return layer === 'mean' ? t('through all layers, mean of heads') : t('up to layer {0}, mean of heads', layer + 1);
}
