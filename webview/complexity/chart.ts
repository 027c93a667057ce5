import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { LayerShape } from '../../src/attention/complexity.ts';
import type { Method } from '../../src/attention/method-complexity.ts';
import type { Measurement } from '../../src/protocol/measurement.ts';
import { t } from '../l10n.ts';
import { curve, LENGTHS, measuredCurve, type Point, type Quantity, timePerOperation } from './curves.ts';
import { compact, LINES, milliseconds } from './names.ts';

export interface ChartInput {
  readonly quantity: Quantity;
  readonly shape: LayerShape;
  readonly methods: readonly Method[];
  readonly measurements: readonly Measurement[];
  readonly width: number;
  /** Length under the pointer or keyboard. */
  readonly guide: number | undefined;
}

const HEIGHT = 248;
const MARGIN = { top: 12, right: 12, bottom: 40, left: 44 };
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const power = (exponent: number): string =>
  `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => SUPERSCRIPT[Number(digit)]).join('')}`;
const lengthTick = (x: number): string => (x >= 1024 ? `${x / 1024}k` : String(x));

/** Curves of every method over length, both axes logarithmic, this pair marked, measured times as circles. */
export function chart(input: ChartInput): TemplateResult {
  const { quantity, shape, methods, measurements, width, guide } = input;
  const series = seriesOf(input);
  const all = series.flatMap(({ drawn, circles }) => [...drawn, ...circles]);
  if (all.length === 0)
    return html`<p class="cap blankchart">${t('Nothing measured yet. Measure on this machine to see times.')}</p>`;
  const low = Math.floor(Math.log10(Math.max(1e-9, Math.min(...all.map(({ y }) => y)))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...all.map(({ y }) => y)))));
  const x = scaleLog([LENGTHS[0], LENGTHS[LENGTHS.length - 1]], [MARGIN.left, width - MARGIN.right]).base(2);
  const y = scaleLog([10 ** low, 10 ** high], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  );
  const every = Math.ceil((high - low) / 8);
  const powers = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((p) => (p - low) % every === 0);
  const here = here_(input);
  const anchor = here && x(here.x) > width - 160 ? 'end' : 'start';
  const unit = quantity === 'time' ? t('milliseconds') : quantity === 'bytes' ? t('bytes') : t('multiply-adds');
  return html`<svg class="chart" width=${width} height=${HEIGHT} aria-hidden="true">
    ${powers.map(
      (p) => svg`<line class="g" x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y(10 ** p)} y2=${y(10 ** p)}></line>
        <text x=${MARGIN.left - 8} y=${y(10 ** p) + 4} text-anchor="end">${power(p)}</text>`,
    )}
    ${[4, 16, 64, 256, 1024, 4096, 16384].map(
      (n) => svg`<text x=${x(n)} y=${HEIGHT - 22} text-anchor="middle">${lengthTick(n)}</text>`,
    )}
    <text x=${MARGIN.left} y=${HEIGHT - 6}>${t('length n, tokens (log)')}</text>
    <text x=${width - MARGIN.right} y=${HEIGHT - 6} text-anchor="end">${t('up: {0} (log)', unit)}</text>
    ${guide === undefined ? nothing : svg`<line class="guide" x1=${x(guide)} x2=${x(guide)} y1=${MARGIN.top} y2=${HEIGHT - MARGIN.bottom}></line>`}
    ${series.map(({ method, drawn }) => svg`<path class="ln" d=${path([...drawn])} stroke=${LINES[method].color} stroke-dasharray=${LINES[method].dash}></path>`)}
    ${series.map(({ method, circles }) =>
      circles.map(
        (point) =>
          svg`<circle class="measured" cx=${x(point.x)} cy=${y(point.y)} r="3" stroke=${LINES[method].color}></circle>`,
      ),
    )}
    ${
      here
        ? svg`<line class="pairline" x1=${x(here.x)} x2=${x(here.x)} y1=${MARGIN.top} y2=${HEIGHT - MARGIN.bottom}></line>
        <circle class="pairdot" cx=${x(here.x)} cy=${y(here.y)} r="4.5"></circle>
        <text class="here halo" x=${x(here.x) + (anchor === 'end' ? -6 : 6)} y=${MARGIN.top + 8} text-anchor=${anchor}>${t('this pair, {0} × {1}', shape.targets, shape.sources)}</text>
        <text class="halo" x=${x(here.x) + (anchor === 'end' ? -6 : 6)} y=${MARGIN.top + 24} text-anchor=${anchor}>${
          quantity === 'bytes' ? t('{0} bytes', compact(here.y)) : t('{0} operations', compact(here.y))
        }</text>`
        : nothing
    }
  </svg>`;

  function here_({ quantity: of }: ChartInput): Point | undefined {
    if (of === 'time' || !methods.includes('cross')) return undefined;
    const factor = of === 'bytes' ? 4 * shape.heads : 2 * shape.heads * shape.headWidth;
    return { x: Math.max(LENGTHS[0], shape.targets), y: factor * shape.targets * shape.sources };
  }

  function seriesOf({ quantity: of }: ChartInput) {
    // Times stand on the curves of operations where time is proportional to them.
    const rate = timePerOperation(measurements, shape);
    return methods.map((method) => {
      const measured = measuredCurve(method, measurements);
      if (of === 'time') {
        const { fit } = measured;
        const from = measured.points[0]?.x ?? 0;
        const drawn = fit
          ? LENGTHS.filter((n) => n >= from).map((n) => ({ x: n, y: fit.factor * n ** fit.exponent }))
          : [];
        return { method, drawn, circles: measured.points };
      }
      const circles =
        of === 'operations' && rate ? measured.points.map((point) => ({ x: point.x, y: point.y / rate })) : [];
      return { method, drawn: curve(method, of, shape), circles };
    });
  }
}

/** Length nearest to a horizontal position in the chart. */
export function lengthAt(pixels: number, width: number): number {
  const share = (pixels - MARGIN.left) / (width - MARGIN.left - MARGIN.right);
  return LENGTHS[Math.max(0, Math.min(LENGTHS.length - 1, Math.round(share * (LENGTHS.length - 1))))];
}

/** Values of all curves at one length, for the tooltip and for screen readers. */
export function readings(
  { quantity, shape, methods, measurements }: ChartInput,
  length: number,
): { method: Method; text: string }[] {
  return methods.flatMap((method) => {
    if (quantity !== 'time') {
      const { y } = curve(method, quantity, shape).find(({ x }) => x === length)!;
      return [{ method, text: compact(y) }];
    }
    const { fit } = measuredCurve(method, measurements);
    return fit ? [{ method, text: milliseconds(fit.factor * length ** fit.exponent) }] : [];
  });
}
