import type { AttentionRecord } from '../attention/attention-record.ts';
import { ExplorerError } from '../contract/error.ts';
import type { TensorToWrite } from '../model/checkpoint/safetensors.ts';
import type { ForwardPass } from '../model/model.ts';
import type { TransformerModel } from '../model/transformer/transformer-model.ts';
import { attentionTensors } from '../run/run-tensors.ts';
import type { Matrix } from '../tensor/matrix.ts';

/**
 * What forward passes computed, under the names that transformers gives it, the batch in front:
 * `encoder_attentions.0` [B, H, S, S], …, `encoder_last_hidden_state`, `logits`; of families with one stack
 * `attentions.0`, and `last_hidden_state` where there is no output layer.
 * @param passes of inputs of the same length
 */
export function recordTensors(
  model: TransformerModel,
  passes: ForwardPass | readonly ForwardPass[],
): Record<string, TensorToWrite> {
  const batch = Array.isArray(passes) ? (passes as readonly ForwardPass[]) : [passes as ForwardPass];
  const each = batch.map((pass) => tensorsOf(model, pass));
  if (each.length === 1) return each[0];
  return Object.fromEntries(Object.keys(each[0]).map((name) => [name, stacked(each.map((one) => one[name]))]));
}

function tensorsOf(model: TransformerModel, pass: ForwardPass): Record<string, TensorToWrite> {
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

/** Tensors [1, …] of one shape as [B, …]. */
function stacked(tensors: readonly TensorToWrite[]): TensorToWrite {
  const size = tensors[0].data.length;
  const data = new Float32Array(size * tensors.length);
  for (const [i, tensor] of tensors.entries()) data.set(tensor.data as Float32Array, i * size);
  return { shape: [tensors.length, ...tensors[0].shape.slice(1)], data };
}

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
      ? 'The attentions are {millions} million weights, too many for a line of text. Write them to a file with --output, or give a shorter text.'
      : 'The attentions are {millions} million weights, too many for one file. Give a shorter text.',
    { millions },
  );
}
