import { ExplorerError } from '../protocol/explorer-error.ts';
import type { ModelFiles } from './model-files.ts';
import { readSafetensors, type StoredTensor } from './safetensors.ts';

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

/**
 * The tensors of a checkpoint, from one file or from the shards that an index names.
 * @returns tensors by name, not decoded yet; the file to name in messages; bytes of all files
 * @throws ExplorerError 'model-missing' when there are no weights, 'model-file' when they are damaged
 */
export async function loadWeights(
  files: ModelFiles,
): Promise<{ tensors: Map<string, StoredTensor>; file: string; bytes: number }> {
  const single = await files.read(SINGLE);
  if (single !== undefined) {
    const file = `${files.folder}/${SINGLE}`;
    return { tensors: readSafetensors(single, file), file, bytes: single.length };
  }
  const index = await files.read(INDEX);
  if (index === undefined) {
    const pickled = (await files.list()).some((name) => /^pytorch_model.*\.bin$/.test(name));
    throw new ExplorerError(
      'model-missing',
      pickled
        ? `${files.folder} holds its weights as pytorch_model.bin, which is code and is not run. Convert it to ${SINGLE}.`
        : `${files.folder} has no ${SINGLE}. Choose a folder that holds config.json and ${SINGLE}.`,
      { folder: files.folder, file: SINGLE },
    );
  }
  const file = `${files.folder}/${INDEX}`;
  const tensors = new Map<string, StoredTensor>();
  let bytes = 0;
  for (const shard of shardNames(index, file)) {
    const content = await files.read(shard);
    if (content === undefined) {
      throw new ExplorerError('model-file', `${file} names ${shard}, which is not there. Download it again.`, {
        file,
        shard,
      });
    }
    bytes += content.length;
    for (const [name, tensor] of readSafetensors(content, `${files.folder}/${shard}`)) tensors.set(name, tensor);
  }
  return { tensors, file, bytes };
}

function shardNames(index: Uint8Array, file: string): string[] {
  let map: unknown;
  try {
    map = (JSON.parse(new TextDecoder().decode(index)) as { weight_map?: unknown })?.weight_map;
  } catch {
    map = undefined;
  }
  const names = typeof map === 'object' && map !== null ? [...new Set(Object.values(map))] : [];
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && /^[\w.-]+\.safetensors$/.test(name))) {
    throw new ExplorerError('model-file', `${file} names no proper weight files. Download it again.`, { file });
  }
  return names as string[];
}
