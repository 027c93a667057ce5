import { type Zippable, zipSync } from 'fflate';
import { type NpyArray, npy } from './npy.ts';

/** The first day that a zip archive can name: the same arrays give the same file, whenever they are written. */
const NO_TIME = new Date(1980, 0, 1);

/** An .npz file as `numpy.savez` writes it: a zip of .npy files under their names, stored as they are. */
export function npz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) files[`${name}.npy`] = npy(array);
  return zipSync(files, { level: 0, mtime: NO_TIME });
}
