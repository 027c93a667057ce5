import { html, nothing, type TemplateResult } from 'lit';
import type { StepView } from '../../src/contract/view.ts';
import { fill, sentence, t } from '../base/l10n.ts';
import { percent } from '../base/value-format.ts';
import { term } from '../controls/term.ts';
import { byWeight, isMaskedKey, keyRow, moreKeys, type PhaseContext, tokenCell } from './phase-table.ts';
import { reach, rowOf, strip, unitFor, weightedRow } from './vector-strips.ts';

/** Combine, in words. */
export function combineSentence({ step }: PhaseContext): TemplateResult {
  const best = step.keyTokens[byWeight(step.weights)[0]].text;
  const next = step.predictions[0];
  if (next === undefined) {
    return sentence(
      'The values are added in those shares, most of all that of {0}, and become part of what the encoder knows of {1}.',
      best,
      step.token.text,
    );
  }
  return sentence(
    'The values are added in those shares, most of all that of {0}. With the other heads and layers the model then expects {1} next.',
    best,
    next.text,
  );
}

/** Combine, in numbers: weight × value, their sum c, c through W_O, and what the model makes of it. */
export function combinePhase(context: PhaseContext): TemplateResult {
  const { step, keys, width } = context;
  const dv = step.context.length;
  const unit = unitFor(Math.min(width, 520) - 150, dv, 7);
  const scale = reach(step.values);
  const top = byWeight(step.weights)[0];
  const output = reach(step.output, step.headOutput);
  const outputUnit = unitFor(width, step.output.length, 3);
  // The context is of all keys, whether they are here or not.
  const sum = step.keyCount === undefined ? step.weights.reduce((total, weight) => total + weight, 0) : 1;
  return html`<div class="two"><div>
      <table role="grid">
        <caption class="sr">${t('Weights, values, and their sum, the context')}</caption>
        <thead><tr><th scope="col"><span class="sr">${t('Token')}</span></th><th scope="col" class="num">${term('weight', t('weight'))}</th>
          <th scope="col">${fill(t('× {0}, {1} numbers'), [term('value', t('value v')), dv])}</th></tr></thead>
        <tbody>
          ${keys.map((key) =>
            keyRow(
              context,
              key,
              top,
              html`<td>${tokenCell(step.keyTokens[key])}</td>
            <td class="num">${isMaskedKey(context, key) && step.weights[key] === 0 ? html`<span class="soft">${t('masked')}</span>` : step.weights[key].toFixed(3)}</td>
            <td>${strip(weightedRow(step.values, key, dv, step.weights[key]), { unit, height: 22, scale, ghost: rowOf(step.values, key, dv) })}</td>`,
            ),
          )}
          <tr class="sum"><td>${term('context', t('Context c'))}</td><td class="num">${sum.toFixed(3)}</td>
            <td class="pad">${strip(step.context, { unit, height: 32, scale })}</td></tr>
        </tbody>
      </table>${moreKeys(context)}
      <div class="keyline cap"><span><span class="sw ghost"></span>${t('value')}</span>
        <span><span class="sw p"></span><span class="sw n"></span>${t('value × weight')}</span></div></div>
      ${step.predictions.length === 0 ? nothing : predictions(step)}
      <div class="qx">
        <h3>${fill(t('{0}: this head’s part of the output, {1} numbers'), [term('output', html`c · W<sub>O</sub>`), step.output.length])}</h3>
        <div class="clip">${strip(step.headOutput, { unit: outputUnit, height: 28, scale: output })}</div>
        <h3>${t('All heads together, with the bias')}</h3>
        <div class="clip">${strip(step.output, { unit: outputUnit, height: 28, scale: output })}</div>
      </div>
    </div>`;
}

/** The five likeliest next pieces, and where the one stands that the pair really has. */
function predictions(step: StepView): TemplateResult {
  const { actual } = step;
  return html`<div class="next">
    <table>
      <caption class="sr">${t('What the model expects next')}</caption>
      <thead><tr><th scope="col">${term('piece', t('Next piece'))}</th><th class="w" aria-hidden="true"></th><th scope="col" class="num">${term('probability', t('probability'))}</th></tr></thead>
      <tbody>${step.predictions.map(
        ({ text, probability }, i) => html`<tr class=${i === 0 ? 'top' : ''}><td><bdi>${text}</bdi></td>
          <td class="w"><div class="track"><div class="wbar" .style=${`width: ${probability * 100}%`}></div></div></td>
          <td class="num">${percent(probability)}</td></tr>`,
      )}</tbody>
    </table>
    ${
      actual
        ? html`<p class="cap">${t('This pair has {0} here: {1}, rank {2}.', step.token.text, percent(actual.probability), actual.rank)}</p>`
        : nothing
    }
    <p class="cap">${t('The model’s answer, after all heads, layers and the output layer.')}</p>
  </div>`;
}
