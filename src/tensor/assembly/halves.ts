/** Kinds of half-precision values: IEEE 754 binary16, or the upper half of a 32-bit float. */
const F16: i32 = 0;

/**
 * Bᵀ of half-precision values into panels, as they are: panels[j][p][c] = b[8j + c, p], zeros where there is no such row.
 * @param b [n, k], rows `stride` values apart    @param panels [⌈n/8⌉, k, 8]
 */
export function packHalves(b: usize, stride: usize, n: i32, k: i32, panels: usize): void {
  for (let j = 0; j < n; j += 8) {
    for (let p: usize = 0; p < <usize>k; p++) {
      for (let c: usize = 0; c < 8; c++) {
        const value = j + <i32>c < n ? load<u16>(b + ((c * stride + p) << 1)) : 0;
        store<u16>(panels + p * 16 + c * 2, value);
      }
    }
    b += stride << 4;
    panels += <usize>k * 16;
  }
}

/** One panel as 32-bit floats, exactly. @param panel [k, 8] halves    @param to [k, 8] floats */
export function widenPanel(panel: usize, kind: i32, k: i32, to: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(to, widen(v128.load64_zero(panel), kind));
    v128.store(to, widen(v128.load64_zero(panel, 8), kind), 16);
    panel += 16;
    to += 32;
  }
}

/**
 * Four halves in the low lanes. binary16: exponent and fraction are moved to their places and scaled by 2¹¹², which is exact,
 * subnormals included; ∞ and NaN don't occur (checkpoints that hold them are refused).
 */
function widen(halves: v128, kind: i32): v128 {
  const bits = i32x4.extend_low_i16x8_u(halves);
  if (kind != F16) return i32x4.shl(bits, 16);
  const magnitude = i32x4.shl(v128.and(bits, i32x4.splat(0x7fff)), 13);
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  return v128.or(sign, f32x4.mul(magnitude, i32x4.splat(0x77800000)));
}
