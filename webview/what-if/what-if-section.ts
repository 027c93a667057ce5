import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView, WhatIfView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { fixed, percent } from '../base/value-format.ts';
import { isMasked } from './what-if-edits.ts';
import { keyTokens } from './what-if-strip.ts';
import {
  changeSentence,
  expectSentence,
  leastOf,
  mostChanged,
  pairedPredictions,
  targetWords,
} from './what-if-words.ts';

/** Keys that are compared before more are asked for. */
const MOST = 10;

/** What follows from a what-if for the query: weights, output and prediction, before against after. */
@customElement('ax-what-if')
export class WhatIfSection extends LitElement {
  @property({ attribute: false }) view: ExplorationView | undefined;
  @property({ attribute: false }) run: RunSummary | undefined;
  @state() private all = false;

  override createRenderRoot() {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('view') && changed.get('view')?.runId !== this.view?.runId) this.all = false;
  }

  override render() {
    const { view, run } = this;
    if (!view?.whatIf || !run) return nothing;
    const { whatIf, state } = view;
    const tokens = state.kind === 'encoder' ? run.sourceTokens : run.targetTokens;
    const query = tokens[state.query]?.text ?? '';
    return html`<div class="head"><h2>${t('What if')}</h2><span class="cap">${t('before against after, for the query {0}', query)}</span></div>
      <p class="say">${changeSentence(whatIf, query)} ${expectSentence(whatIf) ?? nothing}</p>
      <div class="two"><div>${this.weights(view, whatIf, run)}</div>
        ${whatIf.after.predictions.length === 0 ? nothing : html`<div>${this.predictions(whatIf)}</div>`}</div>
      ${this.facts(whatIf, query)}`;
  }

  private weights(view: ExplorationView, { before, after }: WhatIfView, run: RunSummary) {
    const tokens = keyTokens(run, view.state.kind);
    const count = before.weights.length;
    const keys = mostChanged(before.weights, after.weights, this.all ? count : MOST);
    const most = Math.max(1e-6, ...keys.map((key) => Math.max(before.weights[key]!, after.weights[key]!)));
    return html`<table>
        <caption class="sr">${t('Weight of every key, before and after')}</caption>
        <thead><tr><th scope="col">${t('Key')}</th><th class="w" aria-hidden="true"></th><th scope="col" class="num">${t('before')}</th><th scope="col" class="num">${t('after')}</th></tr></thead>
        <tbody>${keys.map((key) => {
          const masked = isMasked(view.state.whatIf, { from: key, to: key + 1 });
          const [was, is] = [before.weights[key]!, after.weights[key]!];
          return html`<tr><th scope="row"><bdi class=${masked ? 'tok struck' : 'tok'} title=${tokens[key]?.text ?? ''}>${tokens[key]?.text}</bdi></th>
            <td class="w">${pairedBars(was / most, is / most)}</td><td class="num soft">${was.toFixed(3)}</td>
            <td class="num">${masked && is === 0 ? t('masked') : is.toFixed(3)}</td></tr>`;
        })}</tbody>
      </table>
      ${count > MOST && !this.all ? html`<button type="button" class="button second" @click=${() => (this.all = true)}>${t('Show all {0} keys', count)}</button>` : nothing}`;
  }

  private predictions({ before, after }: WhatIfView) {
    const said = (probability: number | undefined, least: number) =>
      probability === undefined ? `< ${percent(least).replace('< ', '')}` : percent(probability);
    return html`<table>
      <caption class="sr">${t('What the model expects next, before and after')}</caption>
      <thead><tr><th scope="col">${t('Next piece')}</th><th class="w" aria-hidden="true"></th><th scope="col" class="num">${t('before')}</th><th scope="col" class="num">${t('after')}</th></tr></thead>
      <tbody>${pairedPredictions(before, after).map(
        (next) => html`<tr><th scope="row"><bdi class="tok" title=${next.text}>${next.text}</bdi></th>
          <td class="w">${pairedBars(next.before ?? 0, next.after ?? 0)}</td><td class="num soft">${said(next.before, leastOf(before))}</td>
          <td class="num">${said(next.after, leastOf(after))}</td></tr>`,
      )}</tbody>
    </table>`;
  }

  private facts(whatIf: WhatIfView, query: string) {
    const { before, after } = whatIf;
    const whole = targetWords(whatIf);
    if (!before.actual || !after.actual) return nothing;
    return html`<dl class="facts">
      <dt>${t('{0}, which this pair has here', query)}</dt>
      <dd>${t('{0}, rank {1}', percent(before.actual.probability), before.actual.rank)} → ${t('{0}, rank {1}', percent(after.actual.probability), after.actual.rank)}</dd>
      ${
        whole === undefined
          ? nothing
          : html`<dt>${t('Log-probability of the whole target')}</dt>
            <dd>${fixed(before.logProbability!, 2)} → ${fixed(after.logProbability!, 2)} <span class="cap">${whole}</span></dd>`
      }
    </dl>`;
  }
}

/** Two bars, before above after. @param was share of the width, 0 … 1 */
function pairedBars(was: number, is: number) {
  return html`<div class="pairbars" aria-hidden="true"><div class="was" .style=${`width:${was * 100}%`}></div><div class="is" .style=${`width:${is * 100}%`}></div></div>`;
}
