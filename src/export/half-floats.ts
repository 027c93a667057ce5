/** Largest finite number of 16 bits. */
export const MOST_HALF = 65504;

/**
 * 32-bit floats in 16 bits each (IEEE 754 binary16), rounded to the nearest, halves to even.
 * @param values at most MOST_HALF in magnitude
 */
export function halfFloats(values: Float32Array): Uint16Array {
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
