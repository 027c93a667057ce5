import { ExplorerError } from '../contract/error.ts';
import type { Pair } from './text-pair.ts';

/**
 * Says what is wrong with a pair before any work is done on it.
 * @throws ExplorerError text-empty, text-same
 */
export function checkPair(pair: Pair): void {
  const { source, target } = pair;
  if (source.text.trim() === '' || (target && target.text.trim() === '')) {
    const which = source.text.trim() === '' ? 'source' : 'target';
    throw new ExplorerError(
      'text-empty',
      `The ${which} text is empty or only white space. Select some text, or put the cursor on a line that has some.`,
      { which },
    );
  }
  if (target && normal(source.text) === normal(target.text)) {
    throw new ExplorerError(
      'text-same',
      'Source and target are the same text. Select a translation as target, or the source alone and let the model write the target.',
      {},
    );
  }
}

/** The same to a reader: white space and the form of accents do not count. */
function normal(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ');
}
