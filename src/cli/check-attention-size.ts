import type { AttentionRecord } from '../attention/attention-record.ts';
import { ExplorerError } from '../contract/error.ts';

/** Weights that a file may hold: 512 MiB of them; written out as text, a sixteenth of it. */
const MOST = { file: 2 ** 27, text: 2 ** 23 };

/** @throws ExplorerError 'export-too-large' before weights are made that no file or line could hold */
export function checkAttentionSize(records: readonly AttentionRecord[], as: keyof typeof MOST): void {
  const count = records.reduce((sum, { heads, q, k }) => sum + heads * q.rows * k.rows, 0);
  if (count <= MOST[as]) return;
  const millions = Math.ceil(count / 1e6);
  throw new ExplorerError(
    'export-too-large',
    as === 'text'
      ? `The attentions are ${millions} million weights, too many for a line of text. Write them to a file with --output, or give a shorter text.`
      : `The attentions are ${millions} million weights, too many for one file. Give a shorter text.`,
    { millions },
  );
}
