import { html, nothing, type TemplateResult } from 'lit';
import { type ChartInput, HEIGHT, lengthScale } from './cost-chart.ts';
import { methodName } from './cost-names.ts';
import { readings } from './readings.ts';

const WIDTH = 216;

/** Names and values of all curves at the guide, beside it and inside the chart. `at` is the pointer's height. */
export function tip(input: ChartInput, at: number): TemplateResult | typeof nothing {
  const { guide, width, shape } = input;
  if (guide === undefined) return nothing;
  const values = readings(input, guide);
  if (values.length === 0) return nothing;
  const x = lengthScale(width)(guide);
  const side = x + 12 + WIDTH <= width ? x + 12 : x - 12 - WIDTH;
  const left = Math.max(0, Math.min(width - WIDTH, side));
  const height = 40 + 16 * values.length;
  const top = Math.max(0, Math.min(HEIGHT - height, at - height / 2));
  return html`<div class="tip" .style=${`left: ${left}px; top: ${top}px`}><p class="title">n = ${guide.toLocaleString('en-US')}</p>
    <dl>${values.map(
      ({ method, text }) => html`<dt>${methodName(method, shape.sources)}</dt><dd>${text}</dd>`,
    )}</dl></div>`;
}
