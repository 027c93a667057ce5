import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { ExplorationView, HeadFact } from '../../src/contract/view.ts';
import type { HeadOrder } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { short } from '../base/value-format.ts';
import { type TermName, term } from '../controls/term.ts';

/** What heads are told apart by. */
export type MeasureName = Exclude<HeadOrder, 'layer'>;

export const MEASURES: readonly MeasureName[] = ['sharpest', 'diagonal', 'sink'];

/** The word of each that explains itself. */
const MEASURE_TERM: Readonly<Record<MeasureName, TermName>> = {
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

/** The chosen head in numbers, and the heads that have most of each measure: each explains itself and can be chosen. */
export function headExtremes(view: ExplorationView, choose: (head: HeadFact) => void): TemplateResult {
  const { facts, state, rows, cols } = view;
  const selected = `${short('L', state.layer, t('mean'))} · ${short('H', state.head, t('mean'))}`;
  const { peak } = facts;
  const peakText = peak
    ? `${rows[peak.row]!.text} → ${cols[peak.col]!.text} ${peak.weight.toFixed(2)}`
    : facts.entropy === undefined
      ? '…'
      : t('none');
  const entropy = t('{0} of {1} nat', facts.entropy?.toFixed(2) ?? '…', facts.maxEntropy.toFixed(2));
  return html`<dl class="facts">
    <dt>${t('Selected')}</dt><dd>${selected}</dd>
    <dt>${term('entropy', t('Entropy'))}</dt><dd>${entropy}</dd>
    <dt>${term('peak', t('Peak'))}</dt><dd title=${peakText}><bdi>${peakText}</bdi></dd>
    ${MEASURES.map((name) => {
      const head = topOf(view, name);
      const key = name === 'sink' ? facts.sink.key : '';
      const text = t('L{0} · H{1}, {2}', head.layer + 1, head.head + 1, measureText(name, head.value));
      const whole = [t('Show this head'), key && `${text} → ${key}`].filter(Boolean).join(': ');
      return html`<dt>${measureMark(name)}${term(MEASURE_TERM[name], measureTitle(name))}</dt>
        <dd><button type="button" class="to-head" title=${whole} @click=${() => choose(head)}>${text}${
          key ? html` <bdi>→ ${key}</bdi>` : nothing
        }</button></dd>`;
    })}
  </dl>`;
}
