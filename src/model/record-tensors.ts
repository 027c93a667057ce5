import type { Matrix } from '../tensor/matrix.ts';
import { attentionTensors } from './attention-tensors.ts';
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
  const out = attentionTensors(pass);
  if (encoder !== undefined && decoder !== undefined) out.encoder_last_hidden_state = batched(pass.encoderOutput);
  if (decoder === undefined) out.last_hidden_state = batched(pass.encoderOutput);
  else out.logits = batched(model.logits(pass.decoderOutput));
  return out;
}

function batched({ rows, cols, data }: Matrix): TensorToWrite {
  return { shape: [1, rows, cols], data };
}
