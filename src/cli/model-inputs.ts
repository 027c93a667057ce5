import { ExplorerError, type Message, message } from '../contract/error.ts';
import type { StoredTensor } from '../model/checkpoint/safetensors.ts';
import { decodeFloats, decodeIntegers } from '../model/checkpoint/tensor-values.ts';
import type { Checkpoint, Features, ForwardPass, Padding } from '../model/model.ts';
import type { TransformerModel } from '../model/transformer/transformer-model.ts';

/** One of a batch: ids or features, and the decoder's ids where the file has any. */
interface ModelInputs {
  readonly source: readonly number[] | Features;
  readonly target: readonly number[] | undefined;
  readonly padding: Padding;
}

/** More than anybody runs at once; it keeps a header from asking for millions of empty ones. */
const MOST = 1024;

/**
 * A model's inputs as transformers names them: `input_ids` [B, S], `input_features` or `pixel_values` [B, …],
 * `decoder_input_ids` [B, T], and `attention_mask` and `decoder_attention_mask`, 0 where there is padding.
 * @returns one of each of the batch
 * @throws ExplorerError 'model-file' when none is there, or shapes do not go together
 */
export function readInputs(tensors: ReadonlyMap<string, StoredTensor>, file: string): ModelInputs[] {
  const source = rowsOfIds(tensors, 'input_ids', file) ?? features(tensors, file);
  if (source === undefined) {
    throw new ExplorerError(
      'model-file',
      '{file} holds none of input_ids, input_features and pixel_values. Add one of them.',
      { file },
    );
  }
  const target = rowsOfIds(tensors, 'decoder_input_ids', file);
  checkSegments(rowsOfIds(tensors, 'token_type_ids', file), file);
  const sourceMask = 'shape' in source[0] ? undefined : rowsOfIds(tensors, 'attention_mask', file);
  const targetMask = rowsOfIds(tensors, 'decoder_attention_mask', file);
  const same = (name: string, rows: readonly unknown[] | undefined, length?: number, expected?: number) => {
    if (rows === undefined || (rows.length === source.length && length === expected)) return;
    const count = source.length;
    const reason = expected
      ? message('it does not belong to a batch of {count} with {tokens} tokens', { count, tokens: expected })
      : message('it does not belong to a batch of {count}', { count });
    throw wrong(name, file, reason);
  };
  same('decoder_input_ids', target);
  same('attention_mask', sourceMask, sourceMask?.[0].length, lengthOf(source[0]));
  same('decoder_attention_mask', targetMask, targetMask?.[0].length, target?.[0].length);
  return source.map((one, i) => ({
    source: one,
    target: target?.[i],
    padding: { source: padding(sourceMask?.[i]), target: padding(targetMask?.[i]) },
  }));
}

function rowsOfIds(tensors: ReadonlyMap<string, StoredTensor>, name: string, file: string): number[][] | undefined {
  const tensor = tensors.get(name);
  if (tensor === undefined) return undefined;
  const [count, length] = checkShape(tensor, 2, name, file);
  const ids = decodeIntegers(tensor, `${name} in ${file}`);
  return Array.from({ length: count }, (_, i) => ids.slice(i * length, (i + 1) * length));
}

function features(tensors: ReadonlyMap<string, StoredTensor>, file: string): Features[] | undefined {
  for (const [name, dimensions] of [
    ['input_features', 3],
    ['pixel_values', 4],
  ] as const) {
    const tensor = tensors.get(name);
    if (tensor === undefined) continue;
    const [count, ...shape] = checkShape(tensor, dimensions, name, file);
    const data = decodeFloats(tensor, `${name} in ${file}`);
    const size = data.length / count;
    return Array.from({ length: count }, (_, i) => ({ shape, data: data.subarray(i * size, (i + 1) * size) }));
  }
  return undefined;
}

function checkShape({ shape }: StoredTensor, dimensions: number, name: string, file: string): readonly number[] {
  if (shape.length === dimensions && !shape.includes(0) && shape[0] <= MOST) return shape;
  const values = { shape: shape.join(', '), dimensions, most: MOST };
  throw wrong(
    name,
    file,
    message('its shape [{shape}] should have {dimensions} sizes, a batch of at most {most} first', values),
  );
}

/** Only the first segment's vectors are added to tokens. */
function checkSegments(rows: readonly (readonly number[])[] | undefined, file: string): void {
  if (rows?.some((row) => row.some((id) => id !== 0))) {
    throw wrong('token_type_ids', file, message('segments other than 0 can’t be read'));
  }
}

function padding(mask: readonly number[] | undefined): Uint8Array | undefined {
  if (mask === undefined || !mask.includes(0)) return undefined;
  return Uint8Array.from(mask, (value) => (value === 0 ? 1 : 0));
}

function lengthOf(source: readonly number[] | Features): number | undefined {
  return 'shape' in source ? undefined : source.length;
}

function wrong(name: string, file: string, reason: Message): ExplorerError {
  return new ExplorerError('model-file', "{tensor} in {file} can't be used: {reason}. Correct it, or leave it out.", {
    tensor: name,
    file,
    reason,
  });
}

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
