import { exp } from './exp.ts';

/** Vectors whose sum is kept in 32 bits before it goes into the 64-bit one. */
const RUN = 64;

/**
 * Softmax of one row in place, of x·scale + addend. Nothing but −Infinity gives zeros.
 * @param row [n]    @param scale > 0    @param addend [n], or 0 for none
 */
export function softmaxRow(row: usize, n: i32, scale: f32, addend: usize): void {
  if (addend) addScaled(row, n, scale, addend);
  const factor: f32 = addend ? 1 : scale;
  const largest = largestOf(row, n);
  if (largest == -Infinity) {
    memory.fill(row, 0, <usize>n << 2);
    return;
  }
  multiply(row, n, <f32>(1 / exponentials(row, n, factor, -largest * factor)));
}

/** row = row·scale + addend. */
function addScaled(row: usize, n: i32, scale: f32, addend: usize): void {
  const scales = f32x4.splat(scale);
  const end = row + (<usize>(n & ~3) << 2);
  const last = row + (<usize>n << 2);
  for (; row < end; row += 16) {
    v128.store(row, f32x4.add(f32x4.mul(v128.load(row), scales), v128.load(addend)));
    addend += 16;
  }
  for (; row < last; row += 4) {
    store<f32>(row, load<f32>(row) * scale + load<f32>(addend));
    addend += 4;
  }
}

/** Largest of a row; NaN does not count (it comes out of the exponentials). */
function largestOf(row: usize, n: i32): f32 {
  let most = f32x4.splat(-Infinity);
  const end = row + (<usize>(n & ~3) << 2);
  const last = row + (<usize>n << 2);
  for (; row < end; row += 16) most = f32x4.pmax(most, v128.load(row));
  let largest: f32 = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (; row < last; row += 4) {
    const x = load<f32>(row);
    if (x > largest) largest = x;
  }
  return largest;
}

/** row = e^(row·factor + shift). @returns their sum */
function exponentials(row: usize, n: i32, factor: f32, shift: f32): f64 {
  const factors = f32x4.splat(factor);
  const shifts = f32x4.splat(shift);
  const last = row + (<usize>n << 2);
  let sum: f64 = 0;
  for (let left = n >> 2; left > 0; left -= RUN) {
    let part = f32x4.splat(0);
    for (const end = row + (<usize>min(left, RUN) << 4); row < end; row += 16) {
      const e = exp(f32x4.add(f32x4.mul(v128.load(row), factors), shifts));
      v128.store(row, e);
      part = f32x4.add(part, e);
    }
    sum += <f64>f32x4.extract_lane(part, 0) + <f64>f32x4.extract_lane(part, 1);
    sum += <f64>f32x4.extract_lane(part, 2) + <f64>f32x4.extract_lane(part, 3);
  }
  for (; row < last; row += 4) {
    const e = f32x4.extract_lane(exp(f32x4.splat(load<f32>(row) * factor + shift)), 0);
    store<f32>(row, e);
    sum += <f64>e;
  }
  return sum;
}

/** row = row·factor. */
function multiply(row: usize, n: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = row + (<usize>(n & ~3) << 2);
  const last = row + (<usize>n << 2);
  for (; row < end; row += 16) v128.store(row, f32x4.mul(v128.load(row), factors));
  for (; row < last; row += 4) store<f32>(row, load<f32>(row) * factor);
}

/** Softmax of each row of x [m, n], in place. */
export function softmax(x: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) softmaxRow(x + ((<usize>i * <usize>n) << 2), n, 1, 0);
}
