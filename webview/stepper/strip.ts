import { html, svg, type TemplateResult } from 'lit';
import { t } from '../l10n.ts';

export interface StripOptions {
  /** Pixels for one number and height of the whole. */
  readonly unit: number;
  readonly height: number;
  /** Magnitude that fills half the height; one for a whole table, so that strips can be compared. */
  readonly scale: number;
  /** Drawn behind in grey, on the same scale: the value before it was weighted. */
  readonly ghost?: Float32Array;
}

/** A vector as one bar a number: blue up, orange down, around a zero line. */
export function strip(values: Float32Array, { unit, height, scale, ghost }: StripOptions): TemplateResult {
  const middle = height / 2;
  const gap = unit >= 3 ? 1 : 0;
  const bars = (of: Float32Array, sign: 1 | -1): string => {
    let path = '';
    for (let i = 0; i < of.length; i++) {
      if (of[i] * sign <= 0) continue;
      const bar = Math.min(middle - 1, (Math.abs(of[i]) / (scale || 1)) * (middle - 1));
      path += `M${i * unit} ${round(middle)}h${unit - gap}v${round(-sign * bar)}h${gap - unit}z`;
    }
    return path;
  };
  const width = Math.max(1, values.length * unit - gap);
  return html`<svg class="strip" width=${width} height=${height} role="img" aria-label=${t('{0} numbers', values.length)}>
    <line x1="0" x2=${width} y1=${middle} y2=${middle} shape-rendering="crispEdges"></line>
    ${ghost ? svg`<path class="ghost" d=${bars(ghost, 1) + bars(ghost, -1)}></path>` : ''}
    <path class="p" d=${bars(values, 1)}></path><path class="n" d=${bars(values, -1)}></path>
  </svg>`;
}

const round = (x: number): number => Math.round(x * 100) / 100;
