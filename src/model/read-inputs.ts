import { ExplorerError } from '../protocol/explorer-error.ts';
import { decodeFloats, decodeIntegers } from './decode-tensor.ts';
import type { Features } from './network.ts';
import type { StoredTensor } from './safetensors.ts';

/**
 * A model's inputs as transformers names them: `input_ids`, `input_features` or `pixel_values`, and
 * `decoder_input_ids`; one batch.
 * @returns source: ids or features; target: the decoder's ids, undefined where the file has none
 * @throws ExplorerError 'model-file' when none is there, or a shape is not that of one batch
 */
export function readInputs(
  tensors: ReadonlyMap<string, StoredTensor>,
  file: string,
): { source: readonly number[] | Features; target: readonly number[] | undefined } {
  const ids = (name: string) => {
    const tensor = tensors.get(name);
    return tensor === undefined ? undefined : decodeIntegers(batch(tensor, 2, name, file), `${name} in ${file}`);
  };
  const features = (name: string, dimensions: number) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) return undefined;
    const { shape } = batch(tensor, dimensions, name, file);
    return { shape: shape.slice(1), data: decodeFloats(tensor, `${name} in ${file}`) };
  };
  const source = ids('input_ids') ?? features('input_features', 3) ?? features('pixel_values', 4);
  if (source === undefined) {
    throw new ExplorerError(
      'model-file',
      `${file} holds none of input_ids, input_features and pixel_values. Add one of them.`,
      { file },
    );
  }
  return { source, target: ids('decoder_input_ids') };
}

function batch(tensor: StoredTensor, dimensions: number, name: string, file: string): StoredTensor {
  const { shape } = tensor;
  if (shape.length !== dimensions || shape[0] !== 1 || shape.includes(0)) {
    throw new ExplorerError(
      'model-file',
      `${name} in ${file} has shape [${shape.join(', ')}]; one batch, [1, …] with ${dimensions} sizes, is needed.`,
      { tensor: name, file },
    );
  }
  return tensor;
}
