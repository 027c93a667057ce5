import type { AttentionRecord } from '../attention/attention-record.ts';
import { headWeights } from '../attention/head-weights.ts';
import type { Matrix } from '../tensor/matrix.ts';
import type { ForwardPass } from './model.ts';
import type { TransformerModel } from './transformer-model.ts';
import type { TensorToWrite } from './write-safetensors.ts';

/**
 * What a forward pass computed, under the names that transformers gives it, a batch of 1 in front:
 * `encoder_attentions.0` [1, H, S, S], …, `encoder_last_hidden_state`, `logits`; of families with one stack
 * `attentions.0`, and `last_hidden_state` where there is no output layer.
 */
export function recordTensors(model: TransformerModel, pass: ForwardPass): Record<string, TensorToWrite> {
  const { encoder, decoder } = model.network;
  const out: Record<string, TensorToWrite> = {};
  const attentions = (name: string, records: readonly AttentionRecord[]) => {
    for (const [layer, record] of records.entries()) out[`${name}.${layer}`] = allHeads(record);
  };
  if (encoder !== undefined && decoder !== undefined) {
    attentions('encoder_attentions', pass.encoder);
    attentions('decoder_attentions', pass.decoder);
    attentions('cross_attentions', pass.cross);
    out.encoder_last_hidden_state = batched(pass.encoderOutput);
  } else {
    attentions('attentions', [...pass.encoder, ...pass.decoder]);
  }
  if (decoder === undefined) out.last_hidden_state = batched(pass.encoderOutput);
  else out.logits = batched(model.logits(pass.decoderOutput));
  return out;
}

function allHeads(record: AttentionRecord): TensorToWrite {
  const [targets, sources] = [record.q.rows, record.k.rows];
  const data = new Float32Array(record.heads * targets * sources);
  for (let h = 0; h < record.heads; h++) data.set(headWeights(record, h).data, h * targets * sources);
  return { shape: [1, record.heads, targets, sources], data };
}

function batched({ rows, cols, data }: Matrix): TensorToWrite {
  return { shape: [1, rows, cols], data };
}
