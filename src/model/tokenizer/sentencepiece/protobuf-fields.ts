import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { Problem } from '../../../contract/error.ts';

/** One field of a protobuf message. */
export interface ProtoField {
  readonly field: number;
  /** The lower 32 bits of a varint, or the 32 bits of a fixed field; else NaN. */
  readonly number: number;
  /** The 32 bits of a fixed field as a float; else NaN. */
  readonly float: number;
  /** A view of what a text, a message or other bytes hold. */
  readonly bytes: Uint8Array | undefined;
}

/**
 * Walks over the fields of protobuf messages; nothing is copied or made, since a model has a hundred thousand of them. Groups,
 * which no newer message has, and whatever goes past the end are errors.
 */
export class FieldReader {
  /** Of the field that `next` came to; as in ProtoField. */
  field = 0;
  number = Number.NaN;
  float = Number.NaN;
  /** Its bytes are [from, to); from is −1 where it has none. */
  from = -1;
  to = -1;
  readonly #reader: BinaryReader;
  #end: number;

  constructor(readonly bytes: Uint8Array) {
    this.#reader = new BinaryReader(bytes);
    this.#end = bytes.length;
  }

  /** Goes to the message at [from, to). */
  moveTo(from: number, to: number): void {
    this.#reader.pos = from;
    this.#end = to;
  }

  /** @returns whether there is a further field    @throws Problem */
  next(): boolean {
    if (this.#reader.pos >= this.#end) return false;
    try {
      this.#read();
    } catch (error) {
      throw problemOf(error);
    }
    // The reader itself knows the end of the file only.
    if (this.#reader.pos > this.#end) throw new Problem(CUT_OFF);
    return true;
  }

  #read(): void {
    const reader = this.#reader;
    const [field, wire] = reader.tag();
    this.field = field;
    this.number = Number.NaN;
    this.float = Number.NaN;
    this.from = -1;
    if (wire === WireType.Varint) this.number = reader.uint32();
    else if (wire === WireType.Bit32) {
      this.number = reader.fixed32();
      reader.pos -= 4;
      this.float = reader.float();
    } else if (wire === WireType.LengthDelimited) {
      const size = reader.uint32();
      this.from = reader.pos;
      this.to = reader.pos += size;
    } else if (wire === WireType.Bit64) reader.pos += 8;
    else throw new Problem('it has a field of the wire type {wire}', { wire });
  }
}

const CUT_OFF = 'it ends inside a field';

/** What the protobuf reader says is wrong, in our words. */
function problemOf(error: unknown): unknown {
  if (error instanceof RangeError) {
    return new Problem(error.message === 'premature EOF' ? 'it ends inside a number' : CUT_OFF);
  }
  if (!(error instanceof Error) || error instanceof Problem) return error;
  const [, field, wire] = /^illegal tag: field no (\d+) wire type (\d)$/.exec(error.message) ?? [];
  if (field === '0') return new Problem('it has a field without a number');
  if (wire) return new Problem('it has a field of the wire type {wire}', { wire: Number(wire) });
  return new Problem('a number in it is too long');
}

/** The fields of a short message, one after the other. @throws Problem */
export function* protoFields(bytes: Uint8Array): Generator<ProtoField> {
  const reader = new FieldReader(bytes);
  while (reader.next()) {
    const { field, number, float, from, to } = reader;
    yield { field, number, float, bytes: from < 0 ? undefined : bytes.subarray(from, to) };
  }
}
