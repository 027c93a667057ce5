import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import type { TermName } from './term-name.ts';

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
        model.vocabulary.toLocaleString('en-US'),
      );
  }
}
