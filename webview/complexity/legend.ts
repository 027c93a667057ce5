import { html, nothing, type TemplateResult } from 'lit';
import type { Method } from '../../src/attention/method-complexity.ts';
import { t } from '../base/l10n.ts';
import { METHOD_TERMS } from '../terms/method-terms.ts';
import type { ChartInput } from './cost-chart.ts';
import { METHODS, measuredCurve, timePerOperation } from './cost-curves.ts';
import { compact, LINES, methodName } from './cost-names.ts';

export interface LegendInput extends ChartInput {
  readonly off: ReadonlySet<Method>;
  readonly toggle: (method: Method) => void;
}

/** Line samples that switch their curve; with the exponent that was fitted to the measured times. */
export function legend({ quantity, shape, measurements, off, toggle }: LegendInput): TemplateResult {
  const timed = quantity !== 'bytes' && measurements.length > 0;
  return html`<div class="keyline">${METHODS.map((method) => {
    const exponent = timed ? measuredCurve(method, measurements).fit?.exponent.toFixed(2) : undefined;
    const measured = exponent ? t('Measured here: time grows as n^{0}.', exponent) : nothing;
    return html`<button type="button" aria-pressed=${!off.has(method)} data-term=${METHOD_TERMS[method]} data-more=${measured} @click=${() => toggle(method)}>
      <svg width="18" height="8" aria-hidden="true"><line x1="0" x2="18" y1="4" y2="4" stroke-width="1.75" stroke=${LINES[method].color}
        stroke-dasharray=${LINES[method].dash}></line></svg>${methodName(method, shape.sources)}${
          exponent ? html`<b>n<sup>${exponent}</sup></b>` : nothing
        }</button>`;
  })}
  ${
    timed
      ? html`<span class="dotline"><svg width="8" height="8" aria-hidden="true"><circle cx="4" cy="4" r="3" fill="none" stroke="currentColor"></circle></svg>${note(
          quantity === 'operations' ? timePerOperation(measurements, shape) : undefined,
        )}</span>`
      : nothing
  }</div>`;
}

/** Circles among curves of operations are times: says how they were laid over them. */
function note(rate: number | undefined): string {
  return rate
    ? t('times measured here, laid over the curves: 1 ms ≙ {0} operations; exponents as fitted', compact(1 / rate))
    : t('measured here; exponents as fitted');
}
