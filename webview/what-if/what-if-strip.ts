import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary, TokenInfo } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action, AttentionKind } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { icon } from '../controls/icon.ts';
import { type TokenTexts, toggleForce, toggleMask, withoutForce } from './what-if-edits.ts';

/** What is changed, in words; each change can be taken back, and all of them at once. */
export function whatIfStrip(
  view: ExplorationView,
  run: RunSummary,
  act: (action: Action) => void,
): TemplateResult | typeof nothing {
  const { whatIf, kind } = view.state;
  if (!whatIf || !view.whatIf) return nothing;
  const { mask, force } = whatIf;
  const masked = namedKeys(mask, view, run);
  const chip = ({ text }: NamedKey, name: string, undo: () => Action, struck: boolean) =>
    html`<span class="change"><bdi class=${struck ? 'struck' : ''} title=${text}>${text}</bdi><button type="button" class="tool" aria-label=${name} title=${name}
      @click=${() => act(undo())}>${icon('close')}</button></span>`;
  const queries = kind === 'encoder' ? run.sourceTokens : run.targetTokens;
  return html`<div class="what-if" role="group" aria-label=${t('What if')}>
    <b>${t('What if')}</b>
    ${masked.length === 0 ? nothing : html`<span>${maskWords(kind)}</span>${masked.map((key) => chip(key, t('Unmask {0}', key.text), () => toggleMask(whatIf, key), true))}`}
    ${
      force
        ? html`<span>${masked.length ? t('and') : nothing} ${forceWords(view, queries[force.query]?.text ?? '')}</span>
          ${namedKeys(force.keys, view, run).map((key) => chip(key, t('Put no weight on {0}', key.text), () => toggleForce(whatIf, force.query, key), false))}
          ${masked.length ? html`<button type="button" class="button second" @click=${() => act(withoutForce(whatIf))}>${t('Don’t force')}</button>` : nothing}`
        : nothing
    }
    <span class="grow"></span>
    <button type="button" class="button second reset" @click=${() => act({ type: 'clearWhatIf' })}>${t('Reset')}</button>
    ${kind === 'encoder' && mask.length ? html`<p class="cap">${t('Hidden from the encoder’s self-attention alone: cross-attention still reads the state that stands in the token’s place.')}</p>` : nothing}
    ${kind === 'decoder' && mask.includes(0) ? html`<p class="cap">${t('A query that would have no key left keeps those that it has.')}</p>` : nothing}
  </div>`;
}

function maskWords(kind: AttentionKind): string {
  if (kind === 'cross') return t('no layer or head of cross-attention could look at');
  if (kind === 'encoder') return t('no layer or head of the encoder could look at');
  return t('no layer or head of the decoder’s self-attention could look at');
}

function forceWords({ state: { layer, head } }: ExplorationView, query: string): string {
  if (layer === 'mean' && head === 'mean') return t('{0} looked, in every layer and head, only at', query);
  if (layer === 'mean') return t('{0} looked, in head {1} of every layer, only at', query, Number(head) + 1);
  if (head === 'mean') return t('{0} looked, in every head of layer {1}, only at', query, layer + 1);
  return t('{0} looked, in layer {1}, head {2}, only at', query, layer + 1, head + 1);
}

interface NamedKey extends TokenTexts {
  readonly text: string;
}

/** The pieces that can be looked at: those at the decoder's input where it looks at itself. */
export function keyTokens(run: RunSummary, kind: AttentionKind): readonly TokenInfo[] {
  return kind === 'decoder' ? run.decoderInput : run.sourceTokens;
}

/** Pieces by the names that they have on the picture: whole words where all of a word are among them. */
export function namedKeys(pieces: readonly number[], view: ExplorationView, run: RunSummary): NamedKey[] {
  const tokens = keyTokens(run, view.state.kind);
  const named: NamedKey[] = [];
  for (const piece of pieces) {
    if (named.some(({ from, to }) => piece >= from && piece < to)) continue;
    const label = view.cols.find(({ from, to }) => piece >= from && piece < to);
    const whole = label && Array.from({ length: label.to - label.from }, (_, i) => label.from + i);
    if (label && whole?.every((other) => pieces.includes(other)))
      named.push({ text: label.text, from: label.from, to: label.to });
    else named.push({ text: tokens[piece]?.text ?? String(piece), from: piece, to: piece + 1 });
  }
  return named;
}
