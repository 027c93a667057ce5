import { isRtl } from '../../src/base/text.ts';
import type { Measure } from './picture.ts';
import { type SvgAttributes, svgElement } from './svg.ts';
import { xmlText } from './xml-text.ts';

export interface LabelOptions {
  readonly x: number;
  /** Of the middle of the letters; the baseline follows from it, since not every reader knows `dominant-baseline`. */
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  /** Which side of the text stands at x, left or right, whichever way it runs. */
  readonly align: 'left' | 'center' | 'right';
  readonly bold?: boolean;
  /** Struck through. */
  readonly struck?: boolean;
  /** Degrees, around (x, y). */
  readonly rotate?: number;
}

/** From the middle of the letters to their baseline, in parts of the font size. */
const BASELINE = 0.35;

/** A text in the picture: real letters, in the direction that they are read. */
export function svgLabel(text: string, { x, y, size, fill, align, bold, struck, rotate }: LabelOptions): string {
  const rtl = isRtl(text);
  const start = rtl ? 'right' : 'left';
  const attributes: SvgAttributes = {
    x,
    y: y + size * BASELINE,
    'font-size': size,
    'font-weight': bold ? 600 : undefined,
    fill,
    'text-decoration': struck ? 'line-through' : undefined,
    'text-anchor': align === 'center' ? 'middle' : align === start ? 'start' : 'end',
    direction: rtl ? 'rtl' : undefined,
    'unicode-bidi': rtl ? 'embed' : undefined,
    transform: rotate ? `rotate(${rotate} ${x} ${y})` : undefined,
  };
  return svgElement('text', attributes, xmlText(text));
}

/** The text, or as much of its beginning as fits, with an ellipsis. Never cuts a letter in two. */
export function fitted(text: string, width: number, font: string, measure: Measure): string {
  if (measure([text], font)[0]! <= width) return text;
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const fits = measure([`${letters.slice(0, middle).join('')}…`], font)[0]! <= width;
    if (fits) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('')}…`;
}
