import { html, nothing, type TemplateResult } from 'lit';
import { fill, sentence, t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import { term } from '../controls/term.ts';
import {
  byWeight,
  isMaskedKey,
  keyRow,
  maskButton,
  moreKeys,
  type PhaseContext,
  sumName,
  tokenCell,
} from './phase-table.ts';
import { reach, rowOf, strip, unitFor } from './vector-strips.ts';

/** Match, in words. */
export function matchSentence({ step, forced }: PhaseContext): TemplateResult {
  const [first, second] = byWeight(step.weights);
  const best = step.keyTokens[first].text;
  const weight = step.weights[first].toFixed(3);
  if (forced) {
    return sentence(
      'What if: the weight of this row is put where it was asked for, {0} on {1}, whatever softmax would give.',
      weight,
      best,
    );
  }
  if (second === undefined || step.scaled[second] === Number.NEGATIVE_INFINITY) {
    return sentence('The query has one key to meet: {0} gets the whole weight, {1}.', best, weight);
  }
  return sentence(
    'The query is multiplied with every key. {0} fits best, so softmax gives it {1} of the weight; {2} gets {3}.',
    best,
    weight,
    step.keyTokens[second].text,
    step.weights[second].toFixed(3),
  );
}

/** Match, in numbers: every q·k, divided, through softmax, as columns that can be read across. */
export function matchPhase(context: PhaseContext): TemplateResult {
  const { step, keys, width, before } = context;
  const dk = step.q.length;
  const unit = unitFor(width < 500 ? 112 : 160, dk, 5);
  const scale = reach(step.q, step.keys);
  const top = byWeight(step.weights)[0];
  const firstMasked = keys.find((key) => isMaskedKey(context, key) && !context.masked.has(key));
  const divided = step.divisor === 1 ? t('+ bias') : html`÷ √${Math.round(step.divisor ** 2)}`;
  const sum = step.weights.reduce((total, weight) => total + weight, 0);
  return html`<table role="grid">
      <caption class="sr">${t('Scores and weights of every key; the weights sum to 1')}</caption>
      <thead><tr><th scope="col"><span class="sr">${t('Token')}</span></th><th scope="col">${fill(t('{0}, {1}'), [term('query', t('query')), term('key', t('keys'))])}</th><th scope="col" class="num">${term('score', 'q · k')}</th>
        <th scope="col" class="num">${term('scaling', divided)}</th><th scope="col" class="num">${term('softmax', 'softmax')}</th><th class="w" aria-hidden="true"></th></tr></thead>
      <tbody>
        <tr class="q"><td><b>${tokenCell(step.token)}</b></td><td>${strip(step.q, { unit, height: 24, scale })}</td>
          <td></td><td></td><td></td><td></td></tr>
        ${keys.map((key) => {
          const masked = isMaskedKey(context, key);
          return keyRow(
            context,
            key,
            top,
            html`<td>${tokenCell(step.keyTokens[key])}</td>
            <td>${strip(rowOf(step.keys, key, dk), { unit, height: 20, scale })}</td>
            <td class="num soft">${masked ? nothing : fixed(step.scores[key], 2)}</td>
            <td class="num soft">${masked ? maskedCell(key === firstMasked) : fixed(step.scaled[key], 2)}</td>
            <td class="num" title=${before ? t('before {0}', before[key].toFixed(3)) : nothing}>${step.weights[key].toFixed(3)}</td>
            <td class="w"><div class=${before ? 'track paired' : 'track'}>${before ? html`<div class="wbar was" .style=${`width: ${before[key] * 100}%`}></div>` : nothing}<div class="wbar" .style=${`width: ${step.weights[key] * 100}%`}></div></div>${maskButton(context, key)}</td>`,
          );
        })}
        <tr class="sum"><td>${sumName(context)}</td><td></td><td></td><td></td><td class="num">${sum.toFixed(3)}</td><td></td></tr>
      </tbody>
    </table>${before ? html`<div class="keyline cap"><span><span class="sw ghost"></span>${t('before')}</span><span><span class="sw p"></span>${t('after')}</span></div>` : nothing}${moreKeys(context)}`;
}

/** The word is explained once. */
const maskedCell = (first: boolean): TemplateResult | string => (first ? term('masked', t('masked')) : t('masked'));
