import { type ModelInputs, readInputs } from '../cli/model-inputs.ts';
import type { StoredTensor } from './checkpoint/safetensors.ts';
import type { Checkpoint, ForwardPass } from './model.ts';
import type { TransformerModel } from './transformer/transformer-model.ts';

/** Most tokens that are written where a file gives an encoder–decoder nothing for its decoder. */
const MAX_WRITTEN = 64;

/**
 * Forward passes over a model's own input tensors, whatever the family. An encoder–decoder that is given no
 * `decoder_input_ids` writes them itself, greedily; shorter ones of a batch are padded.
 * @param file name of the inputs, for messages
 * @returns one pass for each of the batch
 * @throws ExplorerError 'model-file' when the tensors are not there or do not go together
 */
export async function forwardInputs(
  model: TransformerModel,
  tensors: ReadonlyMap<string, StoredTensor>,
  file: string,
  checkpoint?: Checkpoint,
): Promise<ForwardPass[]> {
  const { encoder, decoder } = model.network;
  let batch: readonly ModelInputs[] = readInputs(tensors, file);
  if (encoder === undefined) {
    // What GPT-2 reads is its decoder's.
    batch = batch.map(({ source, target, padding }) => ({
      source: [],
      target: target ?? ('shape' in source ? [] : source),
      padding: { target: padding.target ?? padding.source },
    }));
  } else if (decoder !== undefined && batch[0].target === undefined) batch = await written(model, batch);
  const passes: ForwardPass[] = [];
  for (const { source, target, padding } of batch) {
    passes.push(await model.forward(source, target ?? [], checkpoint, { padding }));
  }
  return passes;
}

async function written(model: TransformerModel, batch: readonly ModelInputs[]): Promise<ModelInputs[]> {
  const texts: number[][] = [];
  for (const { source, padding } of batch) {
    const ids = await model.generate(source, { beams: 1, maxLength: MAX_WRITTEN, padding: padding.source });
    texts.push([model.startToken, ...ids.slice(0, -1)]);
  }
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
  return batch.map(({ source, padding }, i) => {
    const text = texts[i];
    const missing = longest - text.length;
    const filled = [...text, ...new Array<number>(missing).fill(model.startToken)];
    const target = missing === 0 ? undefined : Uint8Array.from(filled, (_, t) => (t < text.length ? 0 : 1));
    return { source, target: filled, padding: { ...padding, target } };
  });
}
