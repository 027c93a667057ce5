import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView, HeadFact } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';
import type { TermName } from '../controls/term.ts';

/** Words for what is measured on a map of weights. */
export function measureTerm(name: TermName, { facts, rows, cols, map }: ExplorationView): string | undefined {
  switch (name) {
    case 'entropy':
      if (facts.entropy === undefined) return undefined;
      return t(
        'Entropy: how far the rows spread their weight, {0} nat on average; 0 would be all on one token, ln {1} = {2} the same on each.',
        facts.entropy.toFixed(2),
        Math.round(Math.exp(facts.maxEntropy)),
        facts.maxEntropy.toFixed(2),
      );
    case 'sharpest':
      return t(
        'Sharpest: the head whose rows have the lowest entropy, {0} nat in {1}; sharp need not mean important.',
        facts.sharpest.value.toFixed(2),
        placeOf(facts.sharpest),
      );
    case 'diagonal':
      return t(
        'Diagonal: the share of weight that stays on or beside the diagonal; {0} has most of it, {1}, as where word order is the same on both sides.',
        placeOf(facts.diagonal),
        facts.diagonal.value.toFixed(2),
      );
    case 'peak':
      if (facts.entropy === undefined) return undefined;
      return facts.peak
        ? t(
            'Peak: the largest weight outside special tokens, {0} from “{1}” to “{2}”.',
            facts.peak.weight.toFixed(2),
            rows[facts.peak.row].text,
            cols[facts.peak.col].text,
          )
        : t('Peak: the largest weight outside special tokens; here there is none.');
    case 'sink': {
      if (map.kind === 'tiled') return undefined;
      const { col, mean } = strongestColumn(map.weights, rows.length, cols.length);
      return t(
        'Sink: a token where every query leaves weight it has no better use for, often </s> or a full stop; here “{0}” gets most, {1} on average.',
        cols[col]?.text ?? '',
        mean.toFixed(2),
      );
    }
    default:
      return undefined;
  }
}

const placeOf = ({ layer, head }: HeadFact): string => `L${layer + 1} · H${head + 1}`;

/** The key that gets most from all queries of the map; masked cells give nothing. */
function strongestColumn(weights: Float32Array, rows: number, cols: number): { col: number; mean: number } {
  const sums = new Float64Array(cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const weight = weights[row * cols + col];
      if (!Number.isNaN(weight)) sums[col] += weight;
    }
  }
  const col = sums.indexOf(Math.max(...sums));
  return { col, mean: sums[col] / rows };
}

/** Words for where one is: kind of attention, layer, head. */
export function positionTerm(
  name: TermName,
  { state, overview }: ExplorationView,
  run: RunSummary,
): string | undefined {
  const [sources, targets] = [run.sourceTokens.length, run.targetTokens.length];
  const { headWidth } = run.model;
  switch (name) {
    case 'cross':
      return t(
        'Cross-attention: the decoder’s {0} target tokens ask (Q), the encoder’s {1} source tokens answer (K and V), so that there are {0} × {1} weights.',
        targets,
        sources,
      );
    case 'encoder':
      return t(
        'Encoder self-attention: the {0} source tokens ask each other (Q, K and V are all theirs), so that there are {0} × {0} weights.',
        sources,
      );
    case 'decoder':
      return t(
        'Decoder self-attention: the {0} target tokens ask each other (Q, K and V are all theirs), each only itself and those before it.',
        targets,
      );
    case 'layer':
      return state.layer === 'mean'
        ? t(
            'Layer: one of {0} that the text passes through, each attending to what the one before made of it; shown is their mean.',
            overview.layers,
          )
        : t(
            'Layer: one of {0} that the text passes through, each attending to what the one before made of it; shown is layer {1}.',
            overview.layers,
            state.layer + 1,
          );
    case 'head':
      return state.head === 'mean'
        ? t(
            'Head: one of {0} in a layer that attend side by side, each with queries, keys and values of its own, {1} numbers; shown is their mean.',
            overview.heads,
            headWidth,
          )
        : t(
            'Head: one of {0} in a layer that attend side by side, each with queries, keys and values of its own, {1} numbers; shown is head {2}.',
            overview.heads,
            headWidth,
            state.head + 1,
          );
    default:
      return undefined;
  }
}

/** The same words while an average of heads is shown, which has no query of its own: with the model's numbers. */
export function generalTerm(name: TermName, { cols }: ExplorationView, { model }: RunSummary): string {
  const { width, headWidth } = model;
  switch (name) {
    case 'state':
      return t('State x: what the model knows of a token, {0} numbers.', width);
    case 'query':
      return t(
        'Query q: what a position asks for; in each head its state of {0} numbers times W_Q gives {1}.',
        width,
        headWidth,
      );
    case 'key':
      return t(
        'Key k: what a token can be found by; in each head its state of {0} numbers times W_K gives {1}.',
        width,
        headWidth,
      );
    case 'value':
      return t('Value v: what a token hands over to a query that attends to it, {0} numbers in each head.', headWidth);
    case 'score':
      return t('Score q·k: {0} products of a query’s and a key’s numbers, added up.', headWidth);
    case 'scaling':
      return t('√dₖ: scores are divided by it, because a sum of dₖ = {0} products spreads like √dₖ.', headWidth);
    case 'softmax':
      return t(
        'Softmax: e to the power of each scaled score, divided by the sum of all, so that the weights of a row sum to 1.',
      );
    case 'weight':
      return t(
        'Weight: the share of its attention that a query gives to each of {0} keys, from 0 to 1; a row sums to 1.',
        cols.length,
      );
    case 'masked':
      return t('Masked: a token that comes later than the query is not to be seen; its score is −∞, its weight 0.');
    case 'context':
      return t('Context c: the values, each times its weight, added up; {0} numbers in each head.', headWidth);
    case 'output':
      return t(
        'W_O: turns the {0} numbers of a head’s context into {1}, to be added to those of the other heads and to the state.',
        headWidth,
        width,
      );
    case 'match':
      return t('Match: queries meet keys, and softmax turns their scores into weights; each head does so for itself.');
    case 'combine':
      return t('Combine: values, each times its weight, add up to the context; each head does so for itself.');
    default:
      return t(
        'Probability: the output layer gives each piece that the model knows a number, its logit, and softmax makes them sum to 1; {0} pieces here.',
        count(model.vocabulary),
      );
  }
}
