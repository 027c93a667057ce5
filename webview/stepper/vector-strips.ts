import { html, type TemplateResult } from 'lit';
import { t } from '../base/l10n.ts';

/** How a vector is drawn. */
export interface StripOptions {
  /** Pixels for one number and height of the whole. */
  readonly unit: number;
  readonly height: number;
  /** Magnitude that fills half the height; one for a whole table, so that strips can be compared. */
  readonly scale: number;
  /** Drawn behind in grey, on the same scale: the value before it was weighted. */
  readonly ghost?: Float32Array;
}

/** What is to be drawn in the place of a strip. */
export interface StripBars extends StripOptions {
  readonly values: Float32Array;
}

/** The place of a strip in the page. */
export interface StripElement extends HTMLElement {
  bars?: StripBars;
}

/**
 * A vector as one bar a number: blue up, orange down, around a zero line. Only its place and its name stand here: what
 * is seen is drawn by draw-strips.ts, for many at once.
 */
export function strip(values: Float32Array, options: StripOptions): TemplateResult {
  const bars: StripBars = { ...options, values };
  return html`<span class="strip" role="img" aria-label=${t('{0} numbers', values.length)}
    .style=${`width:${widthOf(bars)}px;height:${options.height}px`} .bars=${bars}></span>`;
}

/** The bars of one sign, as the data of a path. @param top px down from where the drawing begins */
export function barsPath(of: Float32Array, { unit, height, scale }: StripBars, top: number, sign: 1 | -1): string {
  const middle = height / 2;
  const [width, zero] = [unit - gapOf(unit), round(top + middle)];
  let path = '';
  for (let i = 0; i < of.length; i++) {
    const value = of[i]! * sign;
    if (!(value > 0)) continue;
    const bar = Math.min(middle - 1, (value / (scale || 1)) * (middle - 1));
    path += `M${i * unit} ${zero}h${width}v${round(-sign * bar)}h${-width}z`;
  }
  return path;
}

/** The line around which the bars stand. */
export const zeroPath = (bars: StripBars, top: number): string => `M0 ${round(top + bars.height / 2)}h${widthOf(bars)}`;

/** Between two bars, where they are wide enough, px. */
const gapOf = (unit: number): number => (unit >= 3 ? 1 : 0);

const widthOf = ({ values, unit }: StripBars): number => Math.max(1, values.length * unit - gapOf(unit));

const round = (x: number): number => Math.round(x * 100) / 100;
