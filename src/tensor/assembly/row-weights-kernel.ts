import { exp } from './exponential.ts';

/** Vectors whose sum is kept in 32 bits before it goes into the 64-bit one. */
const RUN = 64;

/**
 * One row of scores into weights, in place, with what a picture of it in blocks needs.
 * @param row [n], n > 0    @param addend [n], or 0 for none
 * @param stats [4], left with the largest score, Σ e^(s − largest), Σ e^(s − largest)·(s − largest), the least score
 * @param size columns of a block, a multiple of 4, or 0 for no blocks
 * @param most    @param sums [⌈n/size⌉], left with the largest and the sum of the weights of each block
 */
export function weigh(row: usize, n: i32, addend: usize, stats: usize, size: i32, most: usize, sums: usize): void {
  const whole = row + (<usize>(n & ~3) << 2);
  const last = row + (<usize>n << 2);
  range(row, whole, last, addend, stats);
  const largest = load<f32>(stats);
  const sum = exponentials(row, whole, last, largest, stats);
  const factor: f32 = <f32>(1 / sum);
  if (size == 0) scale(row, whole, last, factor);
  else blocks(row, n, factor, size, most, sums);
}

/** Adds the addend, and finds the largest and the least. */
function range(row: usize, whole: usize, last: usize, addend: usize, stats: usize): void {
  let most = f32x4.splat(-Infinity);
  let least = f32x4.splat(Infinity);
  for (; row < whole; row += 16) {
    let x = v128.load(row);
    if (addend) {
      x = f32x4.add(x, v128.load(addend));
      v128.store(row, x);
      addend += 16;
    }
    most = f32x4.pmax(most, x);
    least = f32x4.pmin(least, x);
  }
  let largest = largestLane(most);
  let smallest = -largestLane(f32x4.neg(least));
  for (; row < last; row += 4) {
    let x = load<f32>(row);
    if (addend) {
      x += load<f32>(addend);
      store<f32>(row, x);
      addend += 4;
    }
    largest = max(largest, x);
    smallest = min(smallest, x);
  }
  store<f32>(stats, largest);
  store<f32>(stats, smallest, 12);
}

function largestLane(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

function total(x: v128): f64 {
  return (
    <f64>f32x4.extract_lane(x, 0) +
    <f64>f32x4.extract_lane(x, 1) +
    (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3))
  );
}

/** row = e^(row − largest). @returns their sum */
function exponentials(row: usize, whole: usize, last: usize, largest: f32, stats: usize): f64 {
  const shift = f32x4.splat(largest);
  let sum: f64 = 0;
  let mean: f64 = 0;
  while (row < whole) {
    const end = min(whole, row + RUN * 16);
    let part = f32x4.splat(0);
    let times = f32x4.splat(0);
    for (; row < end; row += 16) {
      const x = f32x4.sub(v128.load(row), shift);
      const e = exp(x);
      v128.store(row, e);
      part = f32x4.add(part, e);
      times = f32x4.add(times, f32x4.mul(e, x));
    }
    sum += total(part);
    mean += total(times);
  }
  for (; row < last; row += 4) {
    const x: f32 = load<f32>(row) - largest;
    const e = f32x4.extract_lane(exp(f32x4.splat(x)), 0);
    store<f32>(row, e);
    sum += <f64>e;
    mean += <f64>(e * x);
  }
  store<f32>(stats, <f32>sum, 4);
  store<f32>(stats, <f32>mean, 8);
  return sum;
}

function scale(row: usize, whole: usize, last: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  for (; row < whole; row += 16) v128.store(row, f32x4.mul(v128.load(row), factors));
  for (; row < last; row += 4) store<f32>(row, load<f32>(row) * factor);
}

/** The same, block by block. */
function blocks(row: usize, n: i32, factor: f32, size: i32, most: usize, sums: usize): void {
  const factors = f32x4.splat(factor);
  for (let from = 0; from < n; from += size) {
    const count = min(size, n - from);
    const whole = row + (<usize>(count & ~3) << 2);
    const last = row + (<usize>count << 2);
    let largest = f32x4.splat(0);
    let part = f32x4.splat(0);
    for (; row < whole; row += 16) {
      const x = f32x4.mul(v128.load(row), factors);
      v128.store(row, x);
      // Weights are none of them negative.
      largest = f32x4.pmax(largest, x);
      part = f32x4.add(part, x);
    }
    let one = largestLane(largest);
    let sum = total(part);
    for (; row < last; row += 4) {
      const x: f32 = load<f32>(row) * factor;
      store<f32>(row, x);
      one = max(one, x);
      sum += <f64>x;
    }
    store<f32>(most, one);
    store<f32>(sums, <f32>sum);
    most += 4;
    sums += 4;
  }
}
