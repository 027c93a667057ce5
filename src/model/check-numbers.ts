import { ExplorerError } from '../contract/error.ts';
import { floatBytes, widen } from './checkpoint/tensor-values.ts';
import { firstInfinite } from './first-infinite.ts';

/** What a message names, and how the values are written. */
interface CheckedTensor {
  readonly name: string;
  readonly stored: { readonly file: string; readonly dtype: string };
}

/**
 * Weights that are no numbers would make everything undefined.
 * @param bytes of some of its values, at a multiple of four    @param from place of the first of them in the tensor
 * @throws ExplorerError 'model-nan' naming the tensor, the value and its place
 */
export function checkNumbers({ name, stored }: CheckedTensor, bytes: Uint8Array, from: number): void {
  const { file, dtype } = stored;
  const place = firstInfinite(bytes, dtype);
  if (place < 0) return;
  const size = floatBytes(dtype, name);
  const found = new Float32Array(1);
  widen(bytes.slice(place * size, (place + 1) * size), dtype, found);
  const [value, at] = [String(found[0]), from + place];
  throw new ExplorerError(
    'model-nan',
    `${name} in ${file} holds ${value} (at ${at}), so every result would be undefined. ` +
      'Export the checkpoint again, or choose another.',
    { tensor: name, file, value, at },
  );
}
