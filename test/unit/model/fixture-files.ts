import type { ModelFiles } from '../../../src/model/checkpoint/checkpoint-files.ts';
import { nodeFiles } from '../../../src/model/checkpoint/node-files.ts';
import { readSafetensors, writeSafetensors } from '../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats } from '../../../src/model/checkpoint/tensor-values.ts';

/**
 * A fixture folder, with `recovered.safetensors` merged into its weights where there is one: the two GPT-2
 * fixtures came without every bias whose name ends in `attn.bias`. See test/fixtures/hf/RECOVERED.md.
 */
export function fixtureFiles(folder: string): ModelFiles {
  const files = nodeFiles(folder);
  return {
    ...files,
    // Whole, through `read` below.
    open: undefined,
    async read(name) {
      const bytes = await files.read(name);
      const recovered = name === 'model.safetensors' ? await files.read('recovered.safetensors') : undefined;
      if (bytes === undefined || recovered === undefined) return bytes;
      const tensors = new Map([...readSafetensors(bytes, name), ...readSafetensors(recovered, name)]);
      return writeSafetensors(
        Object.fromEntries(
          [...tensors]
            .filter(([, { dtype }]) => dtype === 'F32')
            .map(([key, tensor]) => [key, { shape: tensor.shape, data: decodeFloats(tensor, key) }]),
        ),
      );
    },
  };
}
