/** One field of a protobuf message. Numbers of wire types 0, 1 and 5; bytes, a view, of type 2. */
export interface ProtoField {
  readonly field: number;
  /** Varints above 2^53 and 64-bit fields are not used by any message that is read here: they are NaN. */
  readonly number: number;
  /** The 32 bits of a wire type 5 as a float; else NaN. */
  readonly float: number;
  readonly bytes: Uint8Array | undefined;
}

/** What is wrong with the bytes, in words that go into a message. */
export class ProtoError extends Error {}

/**
 * The fields of a protobuf message, one after the other; nothing is copied. Groups, which no newer message has, and
 * whatever goes past the end are errors.
 * @throws ProtoError
 * Source: https://protobuf.dev/programming-guides/encoding
 */
export function* protoFields(bytes: Uint8Array): Generator<ProtoField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let i = 0; i < 10; i++) {
      if (at >= bytes.length) throw new ProtoError('it ends inside a number');
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
    }
    throw new ProtoError('a number in it is too long');
  };
  const skip = (count: number): number => {
    if (!(count <= bytes.length - at)) throw new ProtoError('it ends inside a field');
    at += count;
    return at - count;
  };
  while (at < bytes.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    if (!(field >= 1 && field < 2 ** 29)) throw new ProtoError('it has a field without a number');
    const wire = key % 8;
    if (wire === 0) yield { field, number: varint(), float: Number.NaN, bytes: undefined };
    else if (wire === 1) {
      skip(8);
      yield { field, number: Number.NaN, float: Number.NaN, bytes: undefined };
    } else if (wire === 2) {
      const length = varint();
      const from = skip(length);
      yield { field, number: Number.NaN, float: Number.NaN, bytes: bytes.subarray(from, at) };
    } else if (wire === 5) {
      const from = skip(4);
      const [number, float] = [view.getUint32(from, true), view.getFloat32(from, true)];
      yield { field, number, float, bytes: undefined };
    } else throw new ProtoError(`it has a field of the wire type ${wire}`);
  }
}
