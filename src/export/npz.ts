import { type Zippable, zipSync } from 'fflate';
import { wellFormed } from '../base/text.ts';
import type { RunSummary, TokenInfo } from '../contract/run.ts';
import type { RunTensors } from '../contract/run-snapshot.ts';
import type { ExplorationView } from '../contract/view.ts';
import { currentTensors } from './attention-safetensors.ts';

/** An array for numpy: floats, whole numbers, or texts. */
interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | readonly number[] | readonly string[];
}

/** The file starts with it; then come the version, the header's length and the header. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

/**
 * A .npy file, version 1.0: float32 (`<f4`), int64 (`<i8`) or texts of fixed width in UTF-32 (`<U…`), in C order. It
 * is read by `numpy.load` with its defaults: nothing in it is pickled.
 * Source: numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
function npy({ shape, data }: NpyArray): Uint8Array {
  const { type, bytes } = encoded(data);
  // A tuple of one has a comma in Python; a single value has the shape ().
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = MAGIC.length + 2;
  const end = Math.ceil((start + dictionary.length + 1) / 64) * 64;
  const file = new Uint8Array(end + bytes.byteLength).fill(0x20, 0, end);
  file.set(MAGIC);
  new DataView(file.buffer).setUint16(MAGIC.length, end - start, true);
  for (let i = 0; i < dictionary.length; i++) file[start + i] = dictionary.charCodeAt(i);
  file[end - 1] = 0x0a;
  file.set(bytes, end);
  return file;
}

function encoded(data: NpyArray['data']): { type: string; bytes: Uint8Array } {
  if (data instanceof Float32Array) {
    return written('<f4', 4, data.length, (view, i) => view.setFloat32(4 * i, data[i], true));
  }
  if (!isTexts(data)) {
    return written('<i8', 8, data.length, (view, i) => view.setBigInt64(8 * i, BigInt(data[i]), true));
  }
  const texts = data.map((text) => Array.from(wellFormed(text), (letter) => letter.codePointAt(0) ?? 0));
  const width = texts.reduce((most, text) => Math.max(most, text.length), 1);
  return written(`<U${width}`, 4 * width, texts.length, (view, i) => {
    texts[i].forEach((point, at) => {
      view.setUint32(4 * (width * i + at), point, true);
    });
  });
}

function isTexts(data: readonly number[] | readonly string[]): data is readonly string[] {
  return typeof data[0] === 'string';
}

function written(type: string, size: number, count: number, write: (view: DataView, i: number) => void) {
  const bytes = new Uint8Array(size * count);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) write(view, i);
  return { type, bytes };
}

/** The first day that a zip archive can name: the same arrays give the same file, whenever they are written. */
const NO_TIME = new Date(1980, 0, 1);

/** An .npz file as `numpy.savez` writes it: a zip of .npy files under their names, stored as they are. */
function npz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) files[`${name}.npy`] = npy(array);
  return zipSync(files, { level: 0, mtime: NO_TIME });
}

/**
 * An exploration for numpy: the tensors of the run, the matrices on show (`view_values`, `view_scores`,
 * `view_weights`) with their labels (`view_rows`, `view_cols`), the tokens (`source_tokens`, `target_tokens`,
 * `decoder_input_tokens`), and the state as JSON (`state`).
 */
export function attentionNpz(view: ExplorationView, run: RunSummary, tensors: RunTensors): Uint8Array {
  const tokens = (list: readonly TokenInfo[]) => texts(list.map(({ text }) => text));
  return npz({
    ...tensors,
    ...currentTensors(view),
    view_rows: texts(view.rows.map(({ text }) => text)),
    view_cols: texts(view.cols.map(({ text }) => text)),
    source_tokens: tokens(run.sourceTokens),
    target_tokens: tokens(run.targetTokens),
    decoder_input_tokens: tokens(run.decoderInput),
    state: { shape: [], data: [JSON.stringify(view.state)] },
  });
}

function texts(data: readonly string[]): NpyArray {
  return { shape: [data.length], data };
}
