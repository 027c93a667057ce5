import { html, nothing, type TemplateResult } from 'lit';
import type { Method } from '../../src/attention/method-complexity.ts';
import { t } from '../l10n.ts';
import type { ChartInput } from './chart.ts';
import { METHODS, measuredCurve } from './curves.ts';
import { LINES, methodHint, methodName } from './names.ts';

export interface LegendInput extends ChartInput {
  readonly off: ReadonlySet<Method>;
  readonly toggle: (method: Method) => void;
}

/** Line samples that switch their curve; with the exponent that was fitted to the measured times. */
export function legend({ shape, measurements, off, toggle }: LegendInput): TemplateResult {
  return html`<div class="keyline">${METHODS.map((method) => {
    const fit = measuredCurve(method, measurements).fit;
    return html`<button type="button" aria-pressed=${!off.has(method)} title=${methodHint(method)} @click=${() => toggle(method)}>
      <svg width="18" height="8" aria-hidden="true"><line x1="0" x2="18" y1="4" y2="4" stroke-width="1.75" stroke=${LINES[method].color}
        stroke-dasharray=${LINES[method].dash}></line></svg>${methodName(method, shape.sources)}${
          fit ? html`<b>${t('measured n^{0}', fit.exponent.toFixed(2))}</b>` : nothing
        }</button>`;
  })}
  ${measurements.length > 0 ? html`<span class="dotline"><svg width="8" height="8" aria-hidden="true"><circle cx="4" cy="4" r="3" fill="none" stroke="currentColor"></circle></svg>${t('measured')}</span>` : nothing}</div>`;
}
