import { isRtl } from '../../src/base/text.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { TITLE } from '../heatmap/legend.ts';
import { isOfAllHeads } from '../lines/line-list.ts';
import { FONTS, type Measure, type PictureTheme } from './picture-theme.ts';
import { hex, type SvgAttributes, svgElement, xmlText } from './svg.ts';

interface LabelOptions {
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

/** Height of the two lines and the room below them, px. */
export const CAPTION_HEIGHT = 46;

/** The caption's two lines at the top, and how wide they are. */
export function svgCaption(
  [title, place]: readonly [string, string],
  theme: PictureTheme,
  measure: Measure,
): { readonly content: string; readonly width: number } {
  const line = (text: string, y: number, size: number, bold: boolean) =>
    svgLabel(text, { x: 0, y, size, bold, align: 'left', fill: hex(bold ? theme.foreground : theme.muted) });
  return {
    content: line(title, 8, 14, true) + line(place, 28, 11, false),
    width: Math.max(measure([title], `600 14px ${FONTS}`)[0]!, measure([place], `11px ${FONTS}`)[0]!),
  };
}

/**
 * What a picture shows, in two lines: the numbers, and where in the model they come from.
 * @param threshold of a picture of lines, below which none is drawn
 */
export function caption(view: ExplorationView, model: string, threshold = 0): readonly [string, string] {
  const { state, of, renormalized } = view;
  const kind = {
    cross: () => t('Cross-attention'),
    encoder: () => t('Self-attention of the encoder'),
    decoder: () => t('Self-attention of the decoder'),
  }[state.kind]();
  const phase = { query: () => t('Query'), match: () => t('Match'), combine: () => t('Combine') }[state.phase]();
  const layer = state.layer === 'mean' ? t('mean of the layers') : t('Layer {0}', state.layer + 1);
  const mean = isOfAllHeads(view) ? t('all heads') : t('mean of the heads');
  const head = state.head === 'mean' ? mean : t('Head {0}', state.head + 1);
  // Value-weighted attention and rollout are the same in every phase.
  const ofPhase = of === 'value' || of === 'rollout' ? [] : [phase];
  const notes = [
    ...(renormalized ? [t('special tokens left out, each row divided by what remains')] : []),
    ...(threshold > 0 ? [t('lines below {0} left out', threshold.toFixed(2))] : []),
    ...(view.whatIf ? [t('What if')] : []),
  ];
  return [TITLE[of](), [kind, layer, head, ...ofPhase, ...notes, model].join(' · ')];
}
