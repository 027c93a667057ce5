import type { RunSummary, TokenInfo } from '../../src/contract/run.ts';
import type { ExplorationView, StepView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { count, fixed } from '../base/value-format.ts';
import type { TermName } from '../controls/term.ts';
import { byWeight } from '../stepper/phase-table.ts';

/** Words for what one query of one head goes through; undefined while an average is shown, which has no query. */
export function stepTerm(name: TermName, { step, state }: ExplorationView): string | undefined {
  if (!step) return undefined;
  const { q, weights, scaled, context, keyTokens, token } = step;
  const [first] = byWeight(weights);
  const best = keyTokens[first].text;
  const share = weights[first].toFixed(3);
  const count = step.keyCount ?? weights.length;
  switch (name) {
    case 'state':
      return t(
        'State x: what the model knows of a token when it enters layer {0}, {1} numbers.',
        step.layer + 1,
        step.state.length,
      );
    case 'query':
      return t(
        'Query q: what the position of “{0}” asks for; its state of {1} numbers times W_Q gives these {2}.',
        token.text,
        step.state.length,
        q.length,
      );
    case 'key':
      return state.kind === 'cross' || state.kind === 'encoder'
        ? t(
            'Key k: what a token can be found by; each of the {0} source tokens has one, {1} numbers from its state times W_K.',
            count,
            q.length,
          )
        : t(
            'Key k: what a token can be found by; each of the {0} target tokens read has one, {1} numbers from its state times W_K.',
            count,
            q.length,
          );
    case 'value':
      return t(
        'Value v: what a token hands over to a query that attends to it, {0} numbers; “{1}” has the largest weight here, {2}.',
        context.length,
        best,
        share,
      );
    case 'score':
      // Of a long run only the strongest keys are here.
      return step.keyCount === undefined ? scoreText(step) : undefined;
    case 'scaling':
      return scalingText(step);
    case 'softmax':
      // A row that a what-if forces is no softmax.
      if (state.whatIf?.force?.query === step.query) return undefined;
      return t(
        'Softmax: e to the power of each scaled score, divided by the sum of all {0}; so {1} for “{2}” becomes the weight {3}.',
        count,
        fixed(scaled[first], 2),
        best,
        share,
      );
    case 'weight':
      return t(
        'Weight: the share of its attention that “{0}” gives to a token, from 0 to 1; “{1}” gets {2}, and the {3} weights sum to 1.',
        token.text,
        best,
        share,
        count,
      );
    case 'masked':
      return step.keyCount === undefined ? maskedText(step) : undefined;
    case 'context':
      return t(
        'Context c: the {0} values, each times its weight, added up to {1} numbers; what this head found for “{2}”.',
        count,
        context.length,
        token.text,
      );
    case 'output':
      return t(
        'W_O: turns the {0} numbers of this head’s context into {1}, to be added to those of the other heads and to the state.',
        context.length,
        step.output.length,
      );
    case 'match':
      return t(
        'Match: the query meets each of the {0} keys, and softmax turns the scores into weights; “{1}” fits best.',
        count,
        best,
      );
    case 'combine':
      return t(
        'Combine: the {0} values, each times its weight, add up to the context; “{1}” has the largest weight, {2}.',
        count,
        best,
        share,
      );
    default:
      return undefined;
  }
}

function scoreText({ scores, scaled, keyTokens, q }: StepView): string {
  const seen = scores.filter((_, i) => scaled[i] !== Number.NEGATIVE_INFINITY);
  const most = Math.max(...seen);
  return t(
    'Score q·k: {0} products of the query’s and a key’s numbers, added up; here from {1} to {2}, highest for “{3}”.',
    q.length,
    fixed(Math.min(...seen), 2),
    fixed(most, 2),
    keyTokens[scores.indexOf(most)].text,
  );
}

function scalingText({ divisor, q }: StepView): string {
  if (divisor === 1)
    return t(
      '√dₖ: most models divide the scores by it; this family does not, and starts from smaller weights instead.',
    );
  return t(
    '√dₖ: a sum of dₖ = {0} products spreads like √dₖ, so scores are divided by √{0} = {1}; otherwise softmax would tend to pick one key alone.',
    q.length,
    fixed(divisor, 2),
  );
}

function maskedText({ scaled }: StepView): string {
  const masked = scaled.filter((score) => score === Number.NEGATIVE_INFINITY).length;
  return t(
    'Masked: {0} of {1} tokens come later than this query and are not to be seen; their score is −∞, their weight 0.',
    masked,
    scaled.length,
  );
}

/** Names of special tokens that are listed. */
const SHOWN = 5;

/** Words for the tokens, and for what the model makes of them in the end. */
export function textTerm(name: TermName, { step }: ExplorationView, run: RunSummary): string | undefined {
  const tokens = [...run.sourceTokens, ...run.targetTokens];
  switch (name) {
    case 'piece':
      return t(
        'Piece: what the model reads, a word or a part of one, of {0} that it knows; the {1} words of this pair are {2} pieces.',
        count(run.model.vocabulary),
        words(run),
        tokens.filter(({ special }) => !special).length,
      );
    case 'word':
      return t(
        'Word: its pieces taken together; what they ask is averaged, what they are given is added up, for the {0} words of this pair.',
        words(run),
      );
    case 'special': {
      const special = tokens.filter((token) => token.special);
      const names = [...new Set(special.map(({ text }) => text))].slice(0, SHOWN).join(' ');
      return special.length === 0
        ? t('Special token: one that stands for no text, such as the end of a sentence; this pair has none.')
        : t(
            'Special token: one that stands for no text, such as the end of a sentence; this pair has {0}: {1}.',
            special.length,
            names,
          );
    }
    case 'probability': {
      const [first] = step?.predictions ?? [];
      if (!first) return undefined;
      return t(
        'Probability: the output layer gives each of {0} pieces a number, its logit, and softmax over them all gives “{1}” {2} %.',
        count(run.model.vocabulary),
        first.text,
        (first.probability * 100).toFixed(1),
      );
    }
    case 'beam':
      return t(
        'Beam search: the model wrote this target itself, following as many likely beginnings side by side as there are beams (with 1, greedily); the one chosen has ln p = {0} over {1} tokens.',
        run.logProbability.toFixed(2).replace('-', '−'),
        run.targetTokens.length,
      );
    default:
      return undefined;
  }
}

const words = ({ sourceTokens, targetTokens }: RunSummary): number => wordsIn(sourceTokens) + wordsIn(targetTokens);

/** Words that are text: special tokens are words of their own. */
function wordsIn(tokens: readonly TokenInfo[]): number {
  return new Set(tokens.filter(({ special }) => !special).map(({ word }) => word)).size;
}
