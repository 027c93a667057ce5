import { html, nothing, type TemplateResult } from 'lit';
import { layerComplexity, sumOfPhases } from '../../src/attention/complexity.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';
import { layerShape, pairShape } from '../complexity/cost-names.ts';

interface KindRow {
  readonly name: string;
  readonly text: string;
}

/** One kind of attention, told by the same questions as the others, with the numbers of a pair. */
function kindRows(
  run: RunSummary,
  view: ExplorationView,
): { readonly name: string; readonly rows: readonly KindRow[] } {
  const { kind } = view.state;
  const pair = pairShape(run, kind);
  const shape = layerShape(pair, kind);
  const { targets: asking, sources: asked, width, heads, headWidth } = shape;
  const words = WORDS[kind]();
  const cost = sumOfPhases(layerComplexity(shape));
  const weights = layerComplexity(shape).match.bytes;
  return {
    name: words.name,
    rows: [
      { name: t('Definition'), text: words.definition },
      { name: 'Q', text: t('{0}: {1} × {2}, projected to {1} × {3} a head', words.q, asking, width, headWidth) },
      {
        name: t('K and V'),
        text: t('{0}: {1} × {2}, projected to {1} × {3} a head', words.kv, asked, width, headWidth),
      },
      { name: t('Weights'), text: t('{0} × {1} in each of {2} heads; every row sums to 1', asking, asked, heads) },
      {
        name: t('Mask'),
        text:
          kind === 'decoder'
            ? t(
                'causal: a token sees itself and what came before; {0} of {1} cells are hidden',
                count((asking * (asking - 1)) / 2),
                count(asking * asking),
              )
            : words.mask,
      },
      { name: t('Use'), text: words.use },
      { name: t('Focus'), text: focus(view) },
      { name: t('Flow of data'), text: words.flow },
      { name: t('Example'), text: example(view) },
      {
        name: t('Cost of a layer'),
        text: t('{0} multiply-adds; weights of {1} bytes', count(cost.multiplyAdds), count(weights)),
      },
    ],
  };
}

const WORDS: Readonly<
  Record<AttentionKind, () => Readonly<Record<'name' | 'definition' | 'q' | 'kv' | 'mask' | 'use' | 'flow', string>>>
> = {
  cross: () => ({
    name: t('Cross-attention'),
    definition: t('One sequence asks another: every target token asks all source tokens.'),
    q: t('from the decoder’s state of the target'),
    kv: t('from the encoder’s output of the source'),
    mask: t('none: the whole source is known from the start'),
    use: t(
      'Fetching from the source what the next target word needs: aligning words in translation, finding the passage in question answering and summarization, the moment in speech, the region in captioning.',
    ),
    flow: t('source → encoder → K, V; target so far → decoder → Q; softmax(Q·Kᵀ/√dₖ)·V → back into the decoder'),
  }),
  encoder: () => ({
    name: t('Self-attention of the encoder'),
    definition: t('One sequence asks itself: every source token asks all source tokens.'),
    q: t('from the encoder’s state of the source'),
    kv: t('from the same state of the source'),
    mask: t('none: a token sees what comes before and after it'),
    use: t(
      'Meaning in context: which words belong together, what a pronoun stands for, where a phrase begins and ends.',
    ),
    flow: t('source → Q, K, V of one state; softmax(Q·Kᵀ/√dₖ)·V → the next encoder layer'),
  }),
  decoder: () => ({
    name: t('Self-attention of the decoder'),
    definition: t('One sequence asks itself: every target token asks the target so far.'),
    q: t('from the decoder’s state of the target'),
    kv: t('from the same state of the target'),
    mask: '',
    use: t(
      'Keeping to what has been written: grammar, agreement, not saying a thing twice. It is what language models are made of.',
    ),
    flow: t('target so far → Q, K, V of one state; softmax(Q·Kᵀ/√dₖ)·V → cross-attention'),
  }),
};

function focus({ facts }: ExplorationView): string {
  if (facts.entropy === undefined) return t('not known yet');
  const spread = facts.maxEntropy > 0 ? Math.round((100 * facts.entropy) / facts.maxEntropy) : 0;
  return t(
    'mean entropy {0} of {1} nat: {2} % as spread out as it could be',
    facts.entropy.toFixed(2),
    facts.maxEntropy.toFixed(2),
    spread,
  );
}

function example({ facts, rows, cols }: ExplorationView): string {
  const { peak } = facts;
  if (!peak) return t('none outside special tokens');
  return t(
    '“{0}” gives “{1}” a weight of {2}, the strongest here',
    rows[peak.row]!.text,
    cols[peak.col]!.text,
    peak.weight.toFixed(2),
  );
}

/** Two kinds of attention of one pair next to each other, in words and this pair's numbers. */
export function kindTable(run: RunSummary, a: ExplorationView, b: ExplorationView): TemplateResult {
  const [left, right] = [kindRows(run, a), kindRows(run, b)];
  return html`<section class="sec" id="kinds" aria-label=${t('What differs')}><div class="in">
    <div class="head"><h2>${t('What differs')}</h2></div>
    <table class="kinds">
      <thead><tr><td></td><th scope="col">${left.name}</th><th scope="col">${right.name}</th></tr></thead>
      <tbody>${left.rows.map(
        ({ name, text }, i) =>
          html`<tr><th scope="row">${name}</th><td data-name=${left.name}>${text}</td><td data-name=${right.name}>${right.rows[i]!.text}</td></tr>`,
      )}</tbody>
    </table></div></section>`;
}

/** Two targets of one source: how probable the model finds each token, and what rank it has. */
export function captionTable(a: RunSummary, b: RunSummary): TemplateResult | typeof nothing {
  if (a.source !== b.source || a.target === b.target || a.model.folder !== b.model.folder) return nothing;
  return html`<section class="sec" id="said" aria-label=${t('Token by token')}><div class="in">
    <div class="head"><h2>${t('Token by token')}</h2><span class="cap">${t('probability and rank of each token, as the model finds it')}</span></div>
    <div class="said">${column('A', a)}${column('B', b)}</div></div></section>`;
}

function column(letter: string, run: RunSummary): TemplateResult {
  const name = run.generated ? t('{0}: written by the model', letter) : t('{0}: the pair’s own target', letter);
  return html`<table><caption>${name} · ln p = ${run.logProbability.toFixed(2)}</caption>
    <thead><tr><th scope="col">${t('Token')}</th><th scope="col" class="num">p</th><th scope="col" class="num">${t('Rank')}</th><td></td></tr></thead>
    <tbody>${run.targetTokens.map((token, i) => {
      const { probability = 0, rank = 0 } = run.scores?.[i] ?? {};
      return html`<tr><th scope="row"><bdi>${token.text}</bdi></th><td class="num">${probability.toFixed(3)}</td>
        <td class="num ${rank > 1 ? 'strong' : ''}">${rank}</td>
        <td class="bar-cell"><span aria-hidden="true" .style=${`width:${100 * probability}%`}></span></td></tr>`;
    })}</tbody></table>`;
}
