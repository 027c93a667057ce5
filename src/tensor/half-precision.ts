/** How a half-precision value is stored: IEEE 754 binary16, or the upper half of a 32-bit float. */
export type Float16Kind = 'F16' | 'BF16';

/** The bits of +∞. What is no smaller, the sign taken away, is no number: NaN or ±∞. */
export const INFINITE: Readonly<Record<Float16Kind, number>> = { F16: 0x7c00, BF16: 0x7f80 };

/** A row-major matrix of half-precision floats, as a checkpoint stores its weights. Upcast where it is used. */
export interface Float16Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly kind: Float16Kind;
  /** Bits of the values, [rows, cols]; empty once the kernels have taken ownership of them. To be read by `storedFloat16`. */
  float16: Uint16Array;
}

const tables = new Map<Float16Kind, Float32Array>();

/** All 65,536 values of a kind: looking them up is faster than computing them. */
export function float16Values(kind: Float16Kind): Float32Array {
  const known = tables.get(kind);
  if (known !== undefined) return known;
  const values = kind === 'BF16' ? upperHalves() : halfPrecision();
  tables.set(kind, values);
  return values;
}

/** Writes stored values to `out` [as many] as 32-bit floats. */
export function upcast(stored: Uint16Array, kind: Float16Kind, out: Float32Array): void {
  const values = float16Values(kind);
  for (let i = 0; i < stored.length; i++) out[i] = values[stored[i]];
}

function upperHalves(): Float32Array {
  return new Float32Array(Uint32Array.from({ length: 65536 }, (_, bits) => bits << 16).buffer);
}

/** IEEE 754 binary16. */
function halfPrecision(): Float32Array {
  const values = new Float32Array(65536);
  const bits = new Uint32Array(values.buffer);
  for (let half = 0; half < 1024; half++) values[half] = half * 2 ** -24;
  // Exponent and fraction move to their places; the exponent's bias is 112 more, infinity's another 112.
  for (let half = 1024; half < 0x7c00; half++) bits[half] = (half << 13) + (112 << 23);
  for (let half = 0x7c00; half < 0x8000; half++) bits[half] = (half << 13) + (224 << 23);
  for (let half = 0; half < 0x8000; half++) bits[half + 0x8000] = (bits[half] | 0x80000000) >>> 0;
  return values;
}

/** Largest finite number of 16 bits. */
export const LARGEST_FLOAT16 = 65504;

/**
 * 32-bit floats in 16 bits each (IEEE 754 binary16), rounded to the nearest, halves to even.
 * @param values at most MOST_HALF in magnitude
 */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, half);
}

function half(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  const scale = exponent - 127 + 15;
  // Below the smallest normal number the leading 1 is written out, shifted to where it belongs.
  if (scale <= 0) return scale < -10 ? sign : sign | rounded(fraction | 0x800000, 14 - scale);
  // A carry out of the fraction counts the exponent up, as it should.
  return sign | rounded((scale << 23) | fraction, 13);
}

function rounded(value: number, shift: number): number {
  const whole = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return rest > middle || (rest === middle && (whole & 1) === 1) ? whole + 1 : whole;
}
