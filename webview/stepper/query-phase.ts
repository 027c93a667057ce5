import { html, type TemplateResult } from 'lit';
import { fill, sentence, t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import { term } from '../controls/term.ts';
import { keyRow, moreKeys, type PhaseContext, tokenCell } from './phase-table.ts';
import { lengthOf, reach, rowOf, strip, unitFor } from './vector-strips.ts';

/** Query, in words. */
export function querySentence({ step, kind }: PhaseContext): TemplateResult {
  const numbers = String(step.q.length);
  const reads = step.reads?.text ?? step.token.text;
  if (kind === 'cross') {
    return sentence(
      'Having read {0}, the decoder asks what to write next. Its state becomes one query of {1} numbers (Q from the decoder); every source token holds a key to compare it with (K and V from the encoder).',
      reads,
      numbers,
    );
  }
  if (kind === 'decoder') {
    return sentence(
      'At {0}, the decoder asks what of the text written so far matters. Query, keys and values all come from the target; later tokens are masked. The query has {1} numbers.',
      reads,
      numbers,
    );
  }
  return sentence(
    'The encoder asks what of the sentence matters to {0}. Query, keys and values all come from the source. The query has {1} numbers.',
    step.token.text,
    numbers,
  );
}

/** Query, in numbers: the state through W_Q becomes q, beside the keys that it will meet. */
export function queryPhase(context: PhaseContext): TemplateResult {
  const { step, keys, width } = context;
  const dk = step.q.length;
  const unit = unitFor(width - 176, dk, 10);
  const scale = reach(step.q, step.keys);
  const stateUnit = unitFor(width, step.state.length, 6);
  return html`<div class="qx">
      <h3>${fill(t('{0}, {1} numbers'), [term('state', t('State x')), step.state.length])}</h3>
      <div class="clip">${strip(step.state, { unit: stateUnit, height: 28, scale: reach(step.state) })}</div>
      <div class="arrow"><span aria-hidden="true">↓</span><span class="cap">× W<sub>Q</sub></span></div>
    </div>
    <table role="grid">
      <caption class="sr">${t('The query and the keys of every token')}</caption>
      <thead><tr><th scope="col"><span class="sr">${t('Token')}</span></th><th scope="col">${fill(t('{0}, {1}: {2} numbers'), [term('query', t('query')), term('key', t('keys')), dk])}</th>
        <th scope="col" class="num">${t('length')}</th><th class="w" aria-hidden="true"></th></tr></thead>
      <tbody>
        <tr class="q"><td><b>${tokenCell(step.token)}</b></td><td>${strip(step.q, { unit, height: 28, scale })}</td>
          <td class="num">${fixed(lengthOf(step.q), 2)}</td><td></td></tr>
        ${keys.map((key) => {
          const k = rowOf(step.keys, key, dk);
          return keyRow(
            context,
            key,
            -1,
            html`<td>${tokenCell(step.keyTokens[key])}</td><td>${strip(k, { unit, height: 22, scale })}</td>
            <td class="num">${fixed(lengthOf(k), 2)}</td><td></td>`,
          );
        })}
      </tbody>
    </table>${moreKeys(context)}`;
}
