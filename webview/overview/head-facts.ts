import { html, nothing, type TemplateResult } from 'lit';
import type { ExplorationView, HeadFact } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { short } from '../base/value-format.ts';
import { term } from '../controls/term.ts';
import { MEASURE_TERM, MEASURES, measureMark, measureText, measureTitle, topOf } from './measures.ts';

/** The chosen head in numbers, and the heads that have most of each measure: each explains itself and can be chosen. */
export function headFacts(view: ExplorationView, choose: (head: HeadFact) => void): TemplateResult {
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
