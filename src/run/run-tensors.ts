import type { AttentionRecord } from '../attention/attention-record.ts';
import { headWeights } from '../attention/head-trace.ts';
import { ExplorerError } from '../contract/error.ts';
import type { TokenInfo } from '../contract/run.ts';
import type { RunTensors } from '../contract/run-snapshot.ts';
import type { TensorToWrite } from '../model/checkpoint/safetensors.ts';
import type { ForwardPass } from '../model/model.ts';
import type { RunResult } from './run-result.ts';

/** Bytes of weights that one file may hold. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * The ids of the pair, and the weights of all layers and heads, under the names that transformers gives them
 * (`input_ids`, `decoder_input_ids`, `cross_attentions.0` [1, H, T, S], …): what `attend --output` writes, without
 * hidden states and logits.
 * @throws ExplorerError 'export-too-large' before anything is computed
 */
export function runTensors({ pass, summary }: Pick<RunResult, 'pass' | 'summary'>): RunTensors {
  const records = [...pass.encoder, ...pass.decoder, ...pass.cross];
  const bytes = records.reduce((sum, { heads, q, k }) => sum + 4 * heads * q.rows * k.rows, 0);
  if (bytes > MOST_BYTES) {
    const size = Math.ceil(bytes / 2 ** 20);
    const most = MOST_BYTES / 2 ** 20;
    throw new ExplorerError(
      'export-too-large',
      'The weights of all layers take {size} MiB, and a file takes {most} MiB. Explore a shorter text, or export the picture.',
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

/**
 * The weights of every layer and head, under the names that transformers gives them, a batch of 1 in front:
 * `encoder_attentions.0` [1, H, S, S], `decoder_attentions.0` [1, H, T, T], `cross_attentions.0` [1, H, T, S], …; of
 * families with one stack `attentions.0`.
 */
export function attentionTensors(
  pass: Pick<ForwardPass, 'encoder' | 'decoder' | 'cross'>,
): Record<string, TensorToWrite> {
  const { encoder, decoder, cross } = pass;
  const stacks: Record<string, readonly AttentionRecord[]> =
    encoder.length > 0 && decoder.length > 0
      ? { encoder_attentions: encoder, decoder_attentions: decoder, cross_attentions: cross }
      : { attentions: [...encoder, ...decoder] };
  return Object.fromEntries(
    Object.entries(stacks).flatMap(([name, records]) =>
      records.map((record, layer) => [`${name}.${layer}`, allHeads(record)] as const),
    ),
  );
}

function allHeads(record: AttentionRecord): TensorToWrite {
  const [targets, sources] = [record.q.rows, record.k.rows];
  const data = new Float32Array(record.heads * targets * sources);
  for (let h = 0; h < record.heads; h++) data.set(headWeights(record, h).data, h * targets * sources);
  return { shape: [1, record.heads, targets, sources], data };
}
