import { ExplorerError } from '../contract/error.ts';
import type { TokenInfo } from '../contract/run.ts';
import type { RunTensors } from '../contract/run-snapshot.ts';
import { attentionTensors } from '../model/attention-tensors.ts';
import type { KeptRun } from './run-result.ts';

/** Bytes of weights that one file may hold. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * The ids of the pair, and the weights of all layers and heads, under the names that transformers gives them
 * (`input_ids`, `decoder_input_ids`, `cross_attentions.0` [1, H, T, S], …): what `attend --output` writes, without
 * hidden states and logits.
 * @throws ExplorerError 'export-too-large' before anything is computed
 */
export function runTensors({ pass, summary }: Pick<KeptRun, 'pass' | 'summary'>): RunTensors {
  const records = [...pass.encoder, ...pass.decoder, ...pass.cross];
  const bytes = records.reduce((sum, { heads, q, k }) => sum + 4 * heads * q.rows * k.rows, 0);
  if (bytes > MOST_BYTES) {
    const size = Math.ceil(bytes / 2 ** 20);
    const most = MOST_BYTES / 2 ** 20;
    throw new ExplorerError(
      'export-too-large',
      `The weights of all layers take ${size} MiB, and a file takes ${most} MiB. Explore a shorter text, or export the picture.`,
      { size, most },
    );
  }
  return {
    ...(pass.encoder.length > 0 ? { input_ids: ids(summary.sourceTokens) } : {}),
    ...(pass.decoder.length > 0 ? { decoder_input_ids: ids(summary.decoderInput) } : {}),
    ...attentionTensors(pass),
  };
}

function ids(tokens: readonly TokenInfo[]) {
  return { shape: [1, tokens.length], data: tokens.map(({ id }) => id) };
}
