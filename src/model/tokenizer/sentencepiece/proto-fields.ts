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
 * Walks over the fields of protobuf messages; nothing is copied or made, since a model has a hundred thousand of them. Groups,
 * which no newer message has, and whatever goes past the end are errors.
 * Source: https://protobuf.dev/programming-guides/encoding
 */
export class ProtoCursor {
  /** Of the field that `next` came to; as in ProtoField. */
  field = 0;
  number = Number.NaN;
  float = Number.NaN;
  /** Its bytes are [from, to); from is −1 where it has none. */
  from = -1;
  to = -1;
  /** Where the next field begins. */
  at = 0;
  #end = 0;
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.over(0, bytes.length);
  }

  /** Goes to the message at [from, to). */
  over(from: number, to: number): void {
    this.at = from;
    this.#end = to;
  }

  /** @returns whether there is a further field    @throws ProtoError */
  next(): boolean {
    if (this.at >= this.#end) return false;
    const key = this.#varint();
    this.field = Math.floor(key / 8);
    if (!(this.field >= 1 && this.field < 2 ** 29)) throw new ProtoError('it has a field without a number');
    this.number = Number.NaN;
    this.float = Number.NaN;
    this.from = -1;
    const wire = key % 8;
    if (wire === 0) this.number = this.#varint();
    else if (wire === 1) this.#skip(8);
    else if (wire === 2) {
      this.from = this.#skip(this.#varint());
      this.to = this.at;
    } else if (wire === 5) {
      const from = this.#skip(4);
      this.number = this.#view.getUint32(from, true);
      this.float = this.#view.getFloat32(from, true);
    } else throw new ProtoError(`it has a field of the wire type ${wire}`);
    return true;
  }

  #varint(): number {
    let value = 0;
    for (let i = 0; i < 10; i++) {
      if (this.at >= this.#end) throw new ProtoError('it ends inside a number');
      const byte = this.bytes[this.at++];
      if (i === 0 && byte < 128) return byte;
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
    }
    throw new ProtoError('a number in it is too long');
  }

  #skip(count: number): number {
    if (!(count <= this.#end - this.at)) throw new ProtoError('it ends inside a field');
    this.at += count;
    return this.at - count;
  }
}

/** The fields of a short message, one after the other. @throws ProtoError */
export function* protoFields(bytes: Uint8Array): Generator<ProtoField> {
  const cursor = new ProtoCursor(bytes);
  while (cursor.next()) {
    const { field, number, float, from, to } = cursor;
    yield { field, number, float, bytes: from < 0 ? undefined : bytes.subarray(from, to) };
  }
}
