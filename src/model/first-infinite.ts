import { type HalfKind, INFINITE } from '../tensor/half-precision.ts';

/** A value is NaN or ±∞ where all bits of its exponent are ones: then, and only then, adding `LOWEST` to them reaches the next bit. */
const EXPONENT_32 = 0x7f800000;

const LOWEST_32 = 0x00800000;

/**
 * Place of the first value that is NaN or infinite, −1 where there is none.
 * @param bytes whole little-endian values, at a multiple of four    @param dtype F32, F16 or BF16
 */
export function firstInfinite(bytes: Uint8Array, dtype: string): number {
  return dtype === 'F32' ? inFloats(bytes) : inHalves(bytes, INFINITE[dtype as HalfKind]);
}

/** No branch for any value: one that is infinite is looked for only once it is known to be there. */
function inFloats({ buffer, byteOffset, byteLength }: Uint8Array): number {
  const bits = new Int32Array(buffer, byteOffset, byteLength / 4);
  let reached = 0;
  for (let i = 0; i < bits.length; i++) reached |= (bits[i] & EXPONENT_32) + LOWEST_32;
  return reached >= 0 ? -1 : bits.findIndex((value) => (value & EXPONENT_32) === EXPONENT_32);
}

/** Two values at a time. */
function inHalves({ buffer, byteOffset, byteLength }: Uint8Array, exponent: number): number {
  const pairs = new Int32Array(buffer, byteOffset, byteLength >> 2);
  const both = exponent | (exponent << 16);
  const lowest = 0x8000 - exponent;
  const lowestOfBoth = lowest | (lowest << 16);
  let reached = 0;
  for (let i = 0; i < pairs.length; i++) reached |= (pairs[i] & both) + lowestOfBoth;
  const halves = new Uint16Array(buffer, byteOffset, byteLength >> 1);
  if (halves.length % 2 === 1) reached |= (halves[halves.length - 1] & exponent) + lowest;
  return (reached & 0x80008000) === 0 ? -1 : halves.findIndex((value) => (value & exponent) === exponent);
}
