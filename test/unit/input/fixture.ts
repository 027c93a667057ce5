import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readSafetensors } from '../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats } from '../../../src/model/checkpoint/tensor-values.ts';

const folder = path.resolve(import.meta.dirname, '../../fixtures/input');

/** A file of the reference's sound and picture. */
export const fixture = (name: string): Uint8Array => readFileSync(path.join(folder, name));

/** What the reference made of it. */
export function expectedOf(
  name: string,
  key: string,
): { readonly shape: readonly number[]; readonly data: Float32Array } {
  const tensor = readSafetensors(fixture(name), name).get(key);
  if (!tensor) throw new Error(`${name} has no ${key}`);
  return { shape: tensor.shape, data: decodeFloats(tensor, key) };
}
