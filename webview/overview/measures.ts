import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { ExplorationView, HeadFact } from '../../src/contract/view.ts';
import type { HeadOrder } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import type { TermName } from '../terms/term-name.ts';

/** What heads are told apart by. */
export type MeasureName = Exclude<HeadOrder, 'layer'>;

export const MEASURES: readonly MeasureName[] = ['sharpest', 'diagonal', 'sink'];

/** The word of each that explains itself. */
export const MEASURE_TERM: Readonly<Record<MeasureName, TermName>> = {
  sharpest: 'sharpest',
  diagonal: 'diagonal',
  sink: 'sink',
};

export const measureTitle = (name: MeasureName): string =>
  ({ sharpest: t('Sharpest'), diagonal: t('Most diagonal'), sink: t('Most sink-like') })[name];

/** Value of a head. @param index layer · heads + head */
export function measureOf({ measures }: ExplorationView['overview'], name: MeasureName, index: number): number {
  return { sharpest: measures.entropy, diagonal: measures.diagonal, sink: measures.sink }[name][index]!;
}

/** A value as it is said: nats of entropy, else a share of the weight. */
export const measureText = (name: MeasureName, value: number): string =>
  name === 'sharpest' ? t('{0} nat', value.toFixed(2)) : `${Math.round(value * 100)} %`;

/** The head that has most of a measure. */
export const topOf = ({ facts }: ExplorationView, name: MeasureName): HeadFact => facts[name];

/** All heads, those first that have most of it; heads that have as much in their own order. @returns indexes */
export function ranked(overview: ExplorationView['overview'], name: MeasureName): number[] {
  const sign = name === 'sharpest' ? 1 : -1;
  const value = (index: number) => sign * measureOf(overview, name, index);
  return Array.from({ length: overview.layers * overview.heads }, (_, i) => i).sort(
    (a, b) => value(a) - value(b) || a - b,
  );
}

const GLYPHS: Readonly<Record<MeasureName, () => SVGTemplateResult>> = {
  sharpest: () => svg`<circle cx="6" cy="6" r="3"></circle>`,
  diagonal: () => svg`<path d="M3 3l6 6"></path>`,
  sink: () => svg`<path d="M6 2.5v7"></path>`,
};

/** The mark of a measure: a point, the diagonal, a column. */
export function measureMark(name: MeasureName): TemplateResult {
  return html`<svg class="mark ${name}" viewBox="0 0 12 12" aria-hidden="true"><circle class="ground" cx="6" cy="6" r="6"></circle>${GLYPHS[name]()}</svg>`;
}
