import { unzipSync } from 'fflate';

export interface ReadArray {
  readonly dtype: string;
  readonly shape: number[];
  readonly values: (number | string)[];
}

/** A strict reader of .npz files with little-endian f4, i8 and U arrays. */
export function readNpz(bytes: Uint8Array): Record<string, ReadArray> {
  return Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, file]) => {
      if (!name.endsWith('.npy')) throw new Error(`${name} is no array`);
      return [name.slice(0, -4), readNpy(file)];
    }),
  );
}

function readNpy(file: Uint8Array): ReadArray {
  if (String.fromCharCode(...file.subarray(0, 8)) !== '\x93NUMPY\x01\x00') throw new Error('no .npy of version 1.0');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 10 + view.getUint16(8, true);
  const header = new TextDecoder().decode(file.subarray(10, start));
  const found = /^\{'descr': '(<f4|<i8|<U(\d+))', 'fortran_order': False, 'shape': \(([\d, ]*)\), \} *\n$/.exec(header);
  if (!found || start % 64 !== 0) throw new Error(`not a header: ${header}`);
  const shape = found[3]
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const count = shape.reduce((product, n) => product * n, 1);
  const width = found[2] === undefined ? { '<f4': 4, '<i8': 8 }[found[1]]! : 4 * Number(found[2]);
  if (file.length !== start + count * width) throw new Error('not as many bytes as the shape says');
  const values = Array.from({ length: count }, (_, i) => {
    const at = start + i * width;
    if (found[1] === '<f4') return view.getFloat32(at, true);
    if (found[1] === '<i8') return Number(view.getBigInt64(at, true));
    const points = Array.from({ length: width / 4 }, (_, p) => view.getUint32(at + 4 * p, true));
    return String.fromCodePoint(...points).replace(/\0+$/, '');
  });
  return { dtype: found[1], shape, values };
}
