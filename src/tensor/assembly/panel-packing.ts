/**
 * Bᵀ into panels, for A·Bᵀ: panels[j][p][c] = b[8j + c, p], zeros where there is no such row.
 * @param b [n, k], rows `stride` values apart    @param panels [⌈n/8⌉, k, 8]
 */
export function packTransposed(b: usize, stride: usize, n: i32, k: i32, panels: usize): void {
  const bytes = stride << 2;
  for (let j = 0; j < n; j += 8) {
    if (n - j >= 8) packEight(b, bytes, k, panels);
    else {
      memory.fill(panels, 0, <usize>k * 32);
      for (let c: usize = 0; c < <usize>(n - j); c++) {
        for (let p: usize = 0; p < <usize>k; p++) {
          store<f32>(panels + p * 32 + c * 4, load<f32>(b + c * bytes + p * 4));
        }
      }
    }
    b += bytes * 8;
    panels += <usize>k * 32;
  }
}

/** Eight whole rows, four columns at a time: two 4 × 4 blocks turned in registers. */
function packEight(b: usize, stride: usize, k: i32, panel: usize): void {
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    for (let h: usize = 0; h < 2; h++) {
      const at = b + 4 * h * stride;
      const r0 = v128.load(at);
      const r1 = v128.load(at + stride);
      const r2 = v128.load(at + 2 * stride);
      const r3 = v128.load(at + 3 * stride);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      const to = panel + 16 * h;
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
      v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
      v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
    }
    b += 16;
    panel += 128;
  }
  for (; p < k; p++) {
    for (let c: usize = 0; c < 8; c++) store<f32>(panel + c * 4, load<f32>(b + c * stride));
    b += 4;
    panel += 32;
  }
}

/**
 * B into panels, for A·B: panels[j][p][c] = b[p, 8j + c], zeros where there is no such column.
 * @param b [k, n], rows `stride` values apart    @param panels [⌈n/8⌉, k, 8]
 */
export function packPlain(b: usize, stride: usize, k: i32, n: i32, panels: usize): void {
  const bytes = stride << 2;
  for (let j = 0; j < n; j += 8) {
    let row = b + (<usize>j << 2);
    const count = min(8, n - j);
    for (let p = 0; p < k; p++) {
      if (count == 8) {
        v128.store(panels, v128.load(row));
        v128.store(panels, v128.load(row, 16), 16);
      } else {
        memory.fill(panels, 0, 32);
        memory.copy(panels, row, <usize>count << 2);
      }
      row += bytes;
      panels += 32;
    }
  }
}

/** Kinds of half-precision values: IEEE 754 binary16, or the upper half of a 32-bit float. */
const F16: i32 = 0;

/**
 * Bᵀ of half-precision values into panels, as they are: panels[j][p][c] = b[8j + c, p], zeros where there is no such row.
 * @param b [n, k], rows `stride` values apart    @param panels [⌈n/8⌉, k, 8]    @param infinite bits of the kind's +∞
 * @returns whether any value is NaN or ±∞: without its sign it is no smaller than +∞, also as a whole number
 */
export function packFloat16(b: usize, stride: usize, n: i32, k: i32, panels: usize, infinite: i32): bool {
  let largest = i16x8.splat(0);
  for (let j = 0; j < n; j += 8) {
    const whole = n - j >= 8 ? k & ~7 : 0;
    if (whole > 0) largest = packEightHalves(b, stride << 1, whole, panels, largest);
    for (let p: usize = whole; p < <usize>k; p++) {
      for (let c: usize = 0; c < 8; c++) {
        const value = j + <i32>c < n ? load<u16>(b + ((c * stride + p) << 1)) : 0;
        largest = i16x8.max_s(largest, i16x8.splat(value & 0x7fff));
        store<u16>(panels + p * 16 + c * 2, value);
      }
    }
    b += stride << 4;
    panels += <usize>k * 16;
  }
  return v128.any_true(i16x8.ge_s(largest, i16x8.splat(<i16>infinite)));
}

/** Eight whole rows, eight columns at a time: an 8 × 8 block turned in registers, four rows and then the other four. */
function packEightHalves(b: usize, stride: usize, k: i32, panel: usize, largest: v128): v128 {
  const unsigned = i16x8.splat(0x7fff);
  for (let p = 0; p < k; p += 8) {
    let r0 = v128.load(b);
    let r1 = v128.load(b + stride);
    let r2 = v128.load(b + 2 * stride);
    let r3 = v128.load(b + 3 * stride);
    largest = i16x8.max_s(largest, v128.and(r0, unsigned));
    largest = i16x8.max_s(largest, v128.and(r1, unsigned));
    largest = i16x8.max_s(largest, v128.and(r2, unsigned));
    largest = i16x8.max_s(largest, v128.and(r3, unsigned));
    let low01 = v128.shuffle<i16>(r0, r1, 0, 8, 1, 9, 2, 10, 3, 11);
    let high01 = v128.shuffle<i16>(r0, r1, 4, 12, 5, 13, 6, 14, 7, 15);
    let low23 = v128.shuffle<i16>(r2, r3, 0, 8, 1, 9, 2, 10, 3, 11);
    let high23 = v128.shuffle<i16>(r2, r3, 4, 12, 5, 13, 6, 14, 7, 15);
    // Columns p and p + 1, p + 2 and p + 3, … of the first four rows.
    const first0 = v128.shuffle<i32>(low01, low23, 0, 4, 1, 5);
    const first2 = v128.shuffle<i32>(low01, low23, 2, 6, 3, 7);
    const first4 = v128.shuffle<i32>(high01, high23, 0, 4, 1, 5);
    const first6 = v128.shuffle<i32>(high01, high23, 2, 6, 3, 7);
    const half = b + 4 * stride;
    r0 = v128.load(half);
    r1 = v128.load(half + stride);
    r2 = v128.load(half + 2 * stride);
    r3 = v128.load(half + 3 * stride);
    largest = i16x8.max_s(largest, v128.and(r0, unsigned));
    largest = i16x8.max_s(largest, v128.and(r1, unsigned));
    largest = i16x8.max_s(largest, v128.and(r2, unsigned));
    largest = i16x8.max_s(largest, v128.and(r3, unsigned));
    low01 = v128.shuffle<i16>(r0, r1, 0, 8, 1, 9, 2, 10, 3, 11);
    high01 = v128.shuffle<i16>(r0, r1, 4, 12, 5, 13, 6, 14, 7, 15);
    low23 = v128.shuffle<i16>(r2, r3, 0, 8, 1, 9, 2, 10, 3, 11);
    high23 = v128.shuffle<i16>(r2, r3, 4, 12, 5, 13, 6, 14, 7, 15);
    storePair(panel, first0, v128.shuffle<i32>(low01, low23, 0, 4, 1, 5));
    storePair(panel + 32, first2, v128.shuffle<i32>(low01, low23, 2, 6, 3, 7));
    storePair(panel + 64, first4, v128.shuffle<i32>(high01, high23, 0, 4, 1, 5));
    storePair(panel + 96, first6, v128.shuffle<i32>(high01, high23, 2, 6, 3, 7));
    b += 16;
    panel += 128;
  }
  return largest;
}

/** Two columns of eight rows, of which `first` has four and `last` the other four. */
// @ts-ignore: a decorator of the compiler; a call would cost as much as the work
@inline
function storePair(to: usize, first: v128, last: v128): void {
  v128.store(to, v128.shuffle<i64>(first, last, 0, 2));
  v128.store(to, v128.shuffle<i64>(first, last, 1, 3), 16);
}

/**
 * n half-precision values as 32-bit floats, exactly.
 * @param infinite bits of the kind's +∞    @returns whether any value is NaN or ±∞
 */
export function upcastValues(from: usize, kind: i32, n: i32, to: usize, infinite: i32): bool {
  let largest = i16x8.splat(0);
  const unsigned = i16x8.splat(0x7fff);
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    largest = i16x8.max_s(largest, v128.and(v128.load(from), unsigned));
    v128.store(to, widen(v128.load64_zero(from), kind));
    v128.store(to, widen(v128.load64_zero(from, 8), kind), 16);
    from += 16;
    to += 32;
  }
  for (; i < n; i++) {
    const value = i16x8.splat(load<u16>(from));
    largest = i16x8.max_s(largest, v128.and(value, unsigned));
    v128.store32_lane(to, widen(value, kind), 0);
    from += 2;
    to += 4;
  }
  return v128.any_true(i16x8.ge_s(largest, i16x8.splat(<i16>infinite)));
}

/** One panel as 32-bit floats, exactly. @param panel [k, 8] halves    @param to [k, 8] floats */
export function upcastPanel(panel: usize, kind: i32, k: i32, to: usize): void {
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
