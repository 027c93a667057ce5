import { describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats, decodeIntegers } from '../../../../src/model/checkpoint/tensor-values.ts';

/** A file with this header, and as many zero bytes after it. */
function file(header: unknown, dataBytes: number, claimedHeaderBytes?: bigint): Uint8Array {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, claimedHeaderBytes ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const a = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

describe('what is read is what was written', () => {
  test('floats and integers, through a file', () => {
    const bytes = writeSafetensors({
      w: { shape: [2, 2], data: new Float32Array([1, -2.5, 3e-7, 4]) },
      ids: { shape: [1, 3], data: [5, 0, 2 ** 40] },
    });
    const read = readSafetensors(bytes, 'x');
    expect(read.get('w')!.shape).toEqual([2, 2]);
    expect([...decodeFloats(read.get('w')!, 'w')]).toEqual([...new Float32Array([1, -2.5, 3e-7, 4])]);
    expect(decodeIntegers(read.get('ids')!, 'ids')).toEqual([5, 0, 2 ** 40]);
  });

  test('from a Buffer that does not start at an aligned address', () => {
    const bytes = writeSafetensors({ w: { shape: [2], data: new Float32Array([1, 2]) } });
    const shifted = Buffer.concat([Buffer.from([0]), bytes]).subarray(1);
    expect([...decodeFloats(readSafetensors(shifted, 'x').get('w')!, 'w')]).toEqual([1, 2]);
  });

  test.each([
    ['F16', [0x3c00, 0xc100, 0x0001, 0x7bff, 0x8000], [1, -2.5, 2 ** -24, 65504, -0]],
    ['BF16', [0x3f80, 0xc020, 0x0001, 0x8000], [1, -2.5, 2 ** -133, -0]],
  ])('%s', (dtype, bits, values) => {
    const bytes = new Uint8Array(new Uint16Array(bits).buffer);
    expect([...decodeFloats({ dtype, shape: [bits.length], bytes }, 'w')]).toEqual(values);
  });
});

describe('damaged and lying files are refused by name, before anything is allocated', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['empty', new Uint8Array(0), /0 bytes are too few/],
    ['header past the end', file({ a }, 8, 10_000n), /header claims 10000 bytes/],
    ['header of 2^63 bytes', file({ a }, 8, 2n ** 63n), /header claims/],
    ['header not JSON', file('{"a": nonsense', 8), /not JSON/],
    ['header an array', file('[]', 0), /not a JSON object/],
    ['truncated data', file({ a }, 5), /tensor a lies at bytes 0 to 8, 5 are there/],
    ['data that belongs to nobody', file({ a }, 12), /4 bytes at the end/],
    ['offsets out of range', file({ a: { ...a, data_offsets: [8, 16] } }, 8), /lies at bytes 8 to 16, 8 are there/],
    ['offsets backwards', file({ a: { ...a, data_offsets: [8, 0] } }, 8), /lies at bytes 8 to 0/],
    ['negative offsets', file({ a: { ...a, data_offsets: [-8, 0] } }, 8), /no proper offsets/],
    ['overlap', file({ a, b: { ...a, data_offsets: [4, 12] } }, 12), /tensor b overlaps/],
    ['hole', file({ a, b: { ...a, data_offsets: [12, 20] } }, 20), /4 bytes before tensor b/],
    ['shape against offsets', file({ a: { ...a, shape: [3] } }, 8), /tensor a \[3\] F32 needs 12 bytes, has 8/],
    ['shape of 2^100 values', file({ a: { ...a, shape: [2 ** 50, 2 ** 50] } }, 8), /tensor a .* needs/],
    ['shape not of numbers', file({ a: { ...a, shape: ['2'] } }, 8), /no proper shape/],
    ['no dtype', file({ a: { ...a, dtype: 7 } }, 8), /tensor a has no dtype/],
    ['null for a tensor', file({ a: null }, 8), /tensor a has no dtype/],
  ])('%s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'bad.safetensors')).toThrow(
      expect.objectContaining({ code: 'model-file', message: expect.stringMatching(message) }),
    );
    expect(() => readSafetensors(bytes, 'bad.safetensors')).toThrow(/^bad\.safetensors is damaged/);
  });

  test('a dtype that is not read, by name', () => {
    const read = readSafetensors(file({ a: { ...a, dtype: 'F64', shape: [1] } }, 8), 'x');
    expect(() => decodeFloats(read.get('a')!, 'a in x')).toThrow(/a in x is stored as F64/);
    expect(() => decodeIntegers(read.get('a')!, 'a in x')).toThrow(/Convert it to I64/);
  });

  test('integers past 2^53', () => {
    const bytes = new Uint8Array(new BigInt64Array([2n ** 60n]).buffer);
    expect(() => decodeIntegers({ dtype: 'I64', shape: [1], bytes }, 'ids')).toThrow(/past 2\^53/);
  });
});
