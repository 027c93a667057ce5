import { expBelow, multiplyAdd } from './exponential.ts';

/** Pairs of vectors whose sums are kept in 32 bits before they go into the 64-bit one. */
const RUN = 64;

/**
 * Softmax of one row in place, of x·scale + mask + bias. Nothing but −Infinity gives zeros.
 * @param row [n]    @param scale > 0    @param mask    @param bias [n], or 0 for none
 */
export function softmaxRow(row: usize, n: i32, scale: f32, mask: usize, bias: usize): void {
  let factor = scale;
  if (mask || bias) {
    addScaled(row, n, scale, bias ? bias : mask);
    if (mask && bias) addScaled(row, n, 1, mask);
    factor = 1;
  }
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
  const last = row + (<usize>n << 2);
  for (const end = last - 12; row < end; row += 16) {
    v128.store(row, multiplyAdd(v128.load(row), scales, v128.load(addend)));
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
  let other = most;
  const last = row + (<usize>n << 2);
  for (const end = row + (<usize>(n & ~15) << 2); row < end; row += 64) {
    most = f32x4.pmax(most, v128.load(row));
    other = f32x4.pmax(other, v128.load(row, 16));
    most = f32x4.pmax(most, v128.load(row, 32));
    other = f32x4.pmax(other, v128.load(row, 48));
  }
  for (const end = last - 12; row < end; row += 16) most = f32x4.pmax(most, v128.load(row));
  most = f32x4.pmax(most, other);
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

/** row = e^(row·factor + shift), no exponent above 0 by more than rounding. @returns their sum */
function exponentials(row: usize, n: i32, factor: f32, shift: f32): f64 {
  const factors = f32x4.splat(factor);
  const shifts = f32x4.splat(shift);
  const last = row + (<usize>n << 2);
  let sum: f64 = 0;
  for (let left = n >> 3; left > 0; left -= RUN) {
    let part = f32x4.splat(0);
    let other = part;
    for (const end = row + (<usize>min(left, RUN) << 5); row < end; row += 32) {
      const e = expBelow(multiplyAdd(v128.load(row), factors, shifts));
      const f = expBelow(multiplyAdd(v128.load(row, 16), factors, shifts));
      v128.store(row, e);
      v128.store(row, f, 16);
      part = f32x4.add(part, e);
      other = f32x4.add(other, f);
    }
    sum += total(part) + total(other);
  }
  if (n & 4) {
    const e = expBelow(multiplyAdd(v128.load(row), factors, shifts));
    v128.store(row, e);
    sum += total(e);
    row += 16;
  }
  for (; row < last; row += 4) {
    const x = multiplyAdd(f32x4.splat(load<f32>(row)), factors, shifts);
    const e = f32x4.extract_lane(expBelow(x), 0);
    store<f32>(row, e);
    sum += <f64>e;
  }
  return sum;
}

function total(x: v128): f64 {
  return (
    <f64>f32x4.extract_lane(x, 0) +
    <f64>f32x4.extract_lane(x, 1) +
    (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3))
  );
}

/** row = row·factor. */
function multiply(row: usize, n: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const last = row + (<usize>n << 2);
  for (const end = row + (<usize>(n & ~15) << 2); row < end; row += 64) {
    v128.store(row, f32x4.mul(v128.load(row), factors));
    v128.store(row, f32x4.mul(v128.load(row, 16), factors), 16);
    v128.store(row, f32x4.mul(v128.load(row, 32), factors), 32);
    v128.store(row, f32x4.mul(v128.load(row, 48), factors), 48);
  }
  for (const end = last - 12; row < end; row += 16) v128.store(row, f32x4.mul(v128.load(row), factors));
  for (; row < last; row += 4) store<f32>(row, load<f32>(row) * factor);
}

/** Softmax of each row of x [m, n], in place. */
export function softmax(x: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) softmaxRow(x + ((<usize>i * <usize>n) << 2), n, 1, 0, 0);
}
