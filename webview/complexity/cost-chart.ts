import { type ScaleLogarithmic, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { LayerShape } from '../../src/attention/complexity.ts';
import type { Method } from '../../src/attention/method-complexity.ts';
import type { Measurement } from '../../src/contract/run.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';
import { placeTipBeside } from '../controls/tooltip.ts';
import { drawMarks, marksOf } from './chart-marks.ts';
import { curve, LENGTHS, METHODS, measuredCurve, type Point, type Quantity, timePerOperation } from './cost-curves.ts';
import { compact, LINES, METHOD_TERMS, methodName, milliseconds } from './cost-names.ts';

export interface ChartInput {
  readonly quantity: Quantity;
  /** The pair: T × S, whatever kind is looked at. */
  readonly shape: LayerShape;
  /** True where `shape` is not this pair's, but one that the reader tries. */
  readonly tried: boolean;
  readonly kind: AttentionKind;
  readonly methods: readonly Method[];
  readonly measurements: readonly Measurement[];
  readonly width: number;
  /** Length under the pointer or keyboard. */
  readonly guide: number | undefined;
}

export const HEIGHT = 248;
const MARGIN = { top: 12, right: 12, bottom: 40, left: 44 };
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const power = (exponent: number): string =>
  `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => SUPERSCRIPT[Number(digit)]).join('')}`;
const lengthTick = (x: number): string => (x >= 1024 ? `${x / 1024}k` : String(x));

/** Pixels of a length. */
export function lengthScale(width: number): ScaleLogarithmic<number, number> {
  return scaleLog([LENGTHS[0], LENGTHS[LENGTHS.length - 1]], [MARGIN.left, width - MARGIN.right]).base(2);
}

/** Length nearest to a horizontal position in the chart. */
export function lengthAt(pixels: number, width: number): number {
  const x = lengthScale(width);
  return LENGTHS.reduce((best, n) => (Math.abs(x(n) - pixels) < Math.abs(x(best) - pixels) ? n : best), LENGTHS[0]);
}

/** Curves of every method over length, both axes logarithmic, this pair marked, measured times as circles. */
export function chart(input: ChartInput): TemplateResult {
  const { quantity, shape, width, guide } = input;
  const series = seriesOf(input);
  const marks = marksOf(quantity, shape, input.methods, input.measurements);
  const all = series.flatMap(({ drawn, circles }) => [...drawn, ...circles]);
  if (all.length === 0)
    return html`<p class="cap blankchart">${t('Nothing measured yet. Measure on this machine to see times.')}</p>`;
  const low = Math.floor(Math.log10(Math.max(1e-9, Math.min(...all.map(({ y }) => y)))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...all.map(({ y }) => y)))));
  const x = lengthScale(width);
  const [top, bottom] = [MARGIN.top, HEIGHT - MARGIN.bottom];
  const y = scaleLog([10 ** low, 10 ** high], [bottom, top]);
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  );
  const every = Math.ceil((high - low) / 12);
  const powers = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((p) => (high - p) % every === 0);
  const unit = quantity === 'time' ? t('milliseconds') : quantity === 'bytes' ? t('bytes') : t('multiply-adds');
  return html`<svg class="chart" width=${width} height=${HEIGHT} aria-hidden="true">
    ${powers.map(
      (p) => svg`<line class="g" x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y(10 ** p)} y2=${y(10 ** p)}></line>
        <text x=${MARGIN.left - 8} y=${y(10 ** p) + 4} text-anchor="end">${power(p)}</text>`,
    )}
    ${[1, 4, 16, 64, 256, 1024, 4096, 16384].map(
      (n) => svg`<text x=${x(n)} y=${HEIGHT - 22} text-anchor="middle">${lengthTick(n)}</text>`,
    )}
    <text x=${MARGIN.left} y=${HEIGHT - 6}>${t('length n, tokens (log)')}</text>
    <text x=${width - MARGIN.right} y=${HEIGHT - 6} text-anchor="end">${t('up: {0} (log)', unit)}</text>
    ${guide === undefined ? nothing : svg`<line class="guide" x1=${x(guide)} x2=${x(guide)} y1=${top} y2=${bottom}></line>`}
    ${series.map(({ method, drawn }) => svg`<path class="ln" data-method=${method} d=${path([...drawn]) ?? ''} stroke=${LINES[method].color} stroke-dasharray=${LINES[method].dash}></path>`)}
    ${series.map(({ method, circles }) =>
      circles.map(
        (point) =>
          svg`<circle class="measured" data-method=${method} cx=${x(point.x)} cy=${y(point.y)} r="3" stroke=${LINES[method].color}></circle>`,
      ),
    )}
    ${drawMarks(marks, {
      title: input.tried ? t('these sizes') : t('this pair'),
      current: input.kind,
      quantity,
      x,
      y,
      top,
      bottom,
      from: MARGIN.left,
      to: width,
    })}
  </svg>`;
}

/** Times stand on the curves of operations where time is proportional to them; in Time, the fit is the curve. */
function seriesOf({ quantity, shape, methods, measurements }: ChartInput) {
  const rate = timePerOperation(measurements, shape);
  return methods.map((method) => {
    const { points, fit } = measuredCurve(method, measurements);
    if (quantity === 'time') {
      // No farther than was measured: what lies beyond is a guess.
      const ends = points.length > 1 ? [points[0].x, points[points.length - 1].x] : [];
      const drawn = fit ? ends.map((n) => ({ x: n, y: fit.factor * n ** fit.exponent })) : [];
      return { method, drawn, circles: points };
    }
    const circles = quantity === 'operations' && rate ? points.map((point) => ({ x: point.x, y: point.y / rate })) : [];
    return { method, drawn: curve(method, quantity, shape), circles };
  });
}

const WIDTH = 216;

/** Names and values of all curves at the guide, beside it and inside the chart. `at` is the pointer's height. */
export function tip(input: ChartInput, at: number): TemplateResult | typeof nothing {
  const { guide, width, shape } = input;
  if (guide === undefined) return nothing;
  const values = readings(input, guide);
  if (values.length === 0) return nothing;
  const size = { width: WIDTH, height: 40 + 16 * values.length };
  const { left, top } = placeTipBeside(lengthScale(width)(guide), at, size, { width, height: HEIGHT }, 12);
  return html`<div class="tip" .style=${`left: ${left}px; top: ${top}px`}><p class="title">n = ${count(guide)}</p>
    <dl>${values.map(
      ({ method, text }) => html`<dt>${methodName(method, shape.sources)}</dt><dd>${text}</dd>`,
    )}</dl></div>`;
}

/** Values of all curves at one length, for the tooltip and for screen readers; ≈ where a time is the fit's. */
export function readings(
  { quantity, shape, methods, measurements }: Pick<ChartInput, 'quantity' | 'shape' | 'methods' | 'measurements'>,
  length: number,
): { method: Method; text: string }[] {
  return methods.flatMap((method) => {
    if (quantity !== 'time') {
      const { y } = curve(method, quantity, shape).find(({ x }) => x === length)!;
      return [{ method, text: compact(y) }];
    }
    const { points, fit } = measuredCurve(method, measurements);
    const measured = points.find(({ x }) => x === length);
    if (measured) return [{ method, text: milliseconds(measured.y) }];
    return fit ? [{ method, text: `≈ ${milliseconds(fit.factor * length ** fit.exponent)}` }] : [];
  });
}

interface LegendInput extends ChartInput {
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
