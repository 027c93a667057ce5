import type { RunSummary, TokenInfo } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import type { TermName } from './term-name.ts';

/** Names of special tokens that are listed. */
const SHOWN = 5;

/** Words for the tokens, and for what the model makes of them in the end. */
export function textTerm(name: TermName, { step }: ExplorationView, run: RunSummary): string | undefined {
  const tokens = [...run.sourceTokens, ...run.targetTokens];
  switch (name) {
    case 'piece':
      return t(
        'Piece: what the model reads, a word or a part of one, of {0} that it knows; the {1} words of this pair are {2} pieces.',
        run.model.vocabulary.toLocaleString('en-US'),
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
        run.model.vocabulary.toLocaleString('en-US'),
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
