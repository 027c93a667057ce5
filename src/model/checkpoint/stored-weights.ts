import { ExplorerError, Problem } from '../../contract/error.ts';
import { parseJson } from '../../contract/untrusted-json.ts';
import { type ModelFiles, type OpenFile, openFile } from './checkpoint-files.ts';
import { headerLength, readHeader, type TensorEntry } from './safetensors.ts';

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
/** No checkpoint that fits into memory comes in more pieces. */
const MOST_SHARDS = 1000;

/** Makes safetensors of a checkpoint's pickles; `weights_only` runs nothing of what they hold. */
const CONVERT =
  'python3 -c "import glob,torch;from safetensors.torch import save_file;w={};' +
  "[w.update(torch.load(f,map_location='cpu',weights_only=True)) for f in sorted(glob.glob('pytorch_model*.bin'))];" +
  "save_file({k:v.clone().contiguous() for k,v in w.items()},'model.safetensors')\"";

/** A tensor and the open file that holds it. */
export interface StoredWeight extends TensorEntry {
  readonly from: OpenFile;
  /** For messages. */
  readonly file: string;
}

/** The tensors of a checkpoint, not read yet. */
export interface StoredWeights {
  readonly tensors: ReadonlyMap<string, StoredWeight>;
  /** The file to name in messages: the only one, or the index. */
  readonly file: string;
  /** Of all files. */
  readonly bytes: number;
  close(): Promise<void>;
}

/**
 * Finds the tensors of a checkpoint, in one file or in the shards that an index names; only headers are read.
 * @throws ExplorerError 'model-missing' when there are no weights, 'model-file' when they are damaged
 */
export async function loadWeights(files: ModelFiles): Promise<StoredWeights> {
  const open: OpenFile[] = [];
  const close = async () => {
    await Promise.all(open.map((one) => one.close()));
  };
  const tensors = new Map<string, StoredWeight>();
  let bytes = 0;
  const add = async (name: string): Promise<boolean> => {
    const from = await openFile(files, name);
    if (from === undefined) return false;
    open.push(from);
    bytes += from.size;
    const file = `${files.folder}/${name}`;
    for (const [tensor, place] of await layoutOf(from, file)) tensors.set(tensor, { ...place, from, file });
    return true;
  };
  try {
    if (await add(SINGLE)) return { tensors, file: `${files.folder}/${SINGLE}`, bytes, close };
    const index = await files.read(INDEX);
    if (index === undefined) throw await missing(files);
    const file = `${files.folder}/${INDEX}`;
    for (const shard of shardNames(index, file)) {
      if (await add(shard)) continue;
      throw new ExplorerError('model-file', '{file} names {shard}, which is not there. Download it again.', {
        file,
        shard,
      });
    }
    return { tensors, file, bytes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function layoutOf(from: OpenFile, file: string): Promise<Map<string, TensorEntry>> {
  const first = new Uint8Array(Math.min(8, from.size));
  await from.read(first, 0);
  const header = new Uint8Array(headerLength(first, from.size, file));
  await from.read(header, 8);
  return readHeader(header, from.size, file);
}

async function missing(files: ModelFiles): Promise<ExplorerError> {
  const { folder } = files;
  const pickled = (await files.list()).some((name) => /^pytorch_model.*\.bin$/.test(name));
  return pickled
    ? new ExplorerError(
        'model-missing',
        '{folder} holds its weights as pytorch_model.bin, which is code and is not run. Convert it in that folder, with torch and safetensors installed: {command}',
        { folder, file: SINGLE, command: CONVERT },
      )
    : new ExplorerError('model-missing', '{folder} has no {file}. Choose a folder that holds config.json and {file}.', {
        folder,
        file: SINGLE,
      });
}

function shardNames(index: Uint8Array, file: string): string[] {
  let map: unknown;
  try {
    map = (parseJson(index) as { weight_map?: unknown } | null)?.weight_map;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  const names = typeof map === 'object' && map !== null ? [...new Set(Object.values(map))] : [];
  const proper = (name: unknown) => typeof name === 'string' && /^[\w.-]+\.safetensors$/.test(name);
  if (names.length === 0 || names.length > MOST_SHARDS || !names.every(proper)) {
    throw new ExplorerError('model-file', '{file} names no proper weight files. Download it again.', { file });
  }
  return names as string[];
}
