import type { Checkpoint, ForwardPass } from './model.ts';
import { readInputs } from './read-inputs.ts';
import type { StoredTensor } from './safetensors.ts';
import type { TransformerModel } from './transformer-model.ts';

/** Most tokens that are written where a file gives an encoder–decoder nothing for its decoder. */
const MAX_WRITTEN = 64;

/**
 * A forward pass over a model's own input tensors, whatever the family. An encoder–decoder that is given no
 * `decoder_input_ids` writes them itself, greedily.
 * @param file name of the inputs, for messages
 * @throws ExplorerError 'model-file' when the tensors are not there or not of one batch
 */
export async function forwardInputs(
  model: TransformerModel,
  tensors: ReadonlyMap<string, StoredTensor>,
  file: string,
  checkpoint?: Checkpoint,
): Promise<ForwardPass> {
  const { source, target } = readInputs(tensors, file);
  const { encoder, decoder } = model.network;
  if (decoder === undefined) return model.forward(source, [], checkpoint);
  if (encoder === undefined) return model.forward([], target ?? ('shape' in source ? [] : source), checkpoint);
  if (target !== undefined) return model.forward(source, target, checkpoint);
  const written = await model.generate(source, { beams: 1, maxLength: MAX_WRITTEN });
  return model.forward(source, [model.startToken, ...written.slice(0, -1)], checkpoint);
}
