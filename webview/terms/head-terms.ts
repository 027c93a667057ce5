import type { ExplorationView, HeadFact } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import type { TermName } from './term-name.ts';

/** Words for what is measured on a map of weights. */
export function measureTerm(
  name: TermName,
  { facts, rows, cols, weights, atlas }: ExplorationView,
): string | undefined {
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
      if (atlas) return undefined;
      const { col, mean } = strongestColumn(weights, rows.length, cols.length);
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
