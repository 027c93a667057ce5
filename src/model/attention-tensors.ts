import type { AttentionRecord } from '../attention/attention-record.ts';
import { headWeights } from '../attention/head-trace.ts';
import type { TensorToWrite } from './checkpoint/safetensors.ts';
import type { ForwardPass } from './model.ts';

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
