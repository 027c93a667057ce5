import { html, type TemplateResult } from 'lit';
import type { LayerShape } from '../../src/attention/complexity.ts';
import { t } from '../base/l10n.ts';

/** Sliders move in steps of a factor, since lengths and widths matter by factors. */
const LENGTH_STEPS = 56;

const lengthOf = (step: number): number => Math.max(1, Math.round(2 ** (step / 4)));

const stepOf = (length: number): number => Math.round(4 * Math.log2(Math.max(1, length)));

/** T, S, d and heads, to try other sizes than this pair's. */
export function sliders(shape: LayerShape, change: (shape: LayerShape) => void): TemplateResult {
  const slider = (name: string, value: number, max: number, at: number, pick: (step: number) => LayerShape) =>
    html`<label class="slide"><span>${name}</span><input type="range" min="0" max=${max} .value=${String(at)} aria-valuetext=${value}
      @input=${(event: Event) => change(pick(Number((event.target as HTMLInputElement).value)))} /><output>${value.toLocaleString('en-US')}</output></label>`;
  const widths = [64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048];
  const counts = [1, 2, 4, 6, 8, 12, 16, 32];
  const near = (list: readonly number[], value: number): number =>
    list.reduce((best, x, i) => (Math.abs(x - value) < Math.abs(list[best] - value) ? i : best), 0);
  // Width is shared out among the heads, as in every checkpoint that we read.
  const sized = (width: number, heads: number): LayerShape => ({
    ...shape,
    width,
    heads,
    headWidth: Math.max(1, Math.round(width / heads)),
  });
  return html`<div class="sliders" role="group" aria-label=${t('Try other sizes')}>
    ${slider('T', shape.targets, LENGTH_STEPS, stepOf(shape.targets), (step) => ({ ...shape, targets: lengthOf(step) }))}
    ${slider('S', shape.sources, LENGTH_STEPS, stepOf(shape.sources), (step) => ({ ...shape, sources: lengthOf(step) }))}
    ${slider('d', shape.width, widths.length - 1, near(widths, shape.width), (step) => sized(widths[step], shape.heads))}
    ${slider(t('heads'), shape.heads, counts.length - 1, near(counts, shape.heads), (step) => sized(shape.width, counts[step]))}
  </div>`;
}
