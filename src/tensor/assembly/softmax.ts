import { exp } from './exp.ts';

/** Vectors whose sum is kept in 32 bits before it goes into the 64-bit one. */
const RUN = 64;

/**
 * Softmax of one row in place, of x·scale + addend. Nothing but −Infinity gives zeros.
 * @param row [n]    @param addend [n], or 0 for none
 */
export function softmaxRow(row: usize, n: i32, scale: f32, addend: usize): void {
  const largest = scaleRow(row, n, scale, addend);
  if (largest == -Infinity) {
    memory.fill(row, 0, <usize>n * 4);
    return;
  }
  const factor = <f32>(1 / exponentials(row, n, largest));
  const times = f32x4.splat(factor);
  const end = row + ((<usize>(n & ~3)) << 2);
  let at = row;
  for (; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), times));
  for (const last = row + ((<usize>n) << 2); at < last; at += 4) store<f32>(at, load<f32>(at) * factor);
}

/** row = row·scale + addend. @returns the largest */
function scaleRow(row: usize, n: i32, scale: f32, addend: usize): f32 {
  const scales = f32x4.splat(scale);
  let most = f32x4.splat(-Infinity);
  const end = row + ((<usize>(n & ~3)) << 2);
  let at = row;
  const offset = addend - row;
  for (; at < end; at += 16) {
    let x = f32x4.mul(v128.load(at), scales);
    if (addend) x = f32x4.add(x, v128.load(at + offset));
    v128.store(at, x);
    most = f32x4.max(most, x);
  }
  let largest = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (const last = row + ((<usize>n) << 2); at < last; at += 4) {
    let x = load<f32>(at) * scale;
    if (addend) x += load<f32>(at + offset);
    store<f32>(at, x);
    largest = max(largest, x);
  }
  return largest;
}

/** row = e^(row − largest). @returns their sum */
function exponentials(row: usize, n: i32, largest: f32): f64 {
  const shift = f32x4.splat(largest);
  let sum: f64 = 0;
  let at = row;
  for (let left = n >> 2; left > 0; left -= RUN) {
    let part = f32x4.splat(0);
    for (const end = at + ((<usize>min(left, RUN)) << 4); at < end; at += 16) {
      const e = exp(f32x4.sub(v128.load(at), shift));
      v128.store(at, e);
      part = f32x4.add(part, e);
    }
    sum += <f64>f32x4.extract_lane(part, 0) + <f64>f32x4.extract_lane(part, 1);
    sum += <f64>f32x4.extract_lane(part, 2) + <f64>f32x4.extract_lane(part, 3);
  }
  for (const last = row + ((<usize>n) << 2); at < last; at += 4) {
    const e = f32x4.extract_lane(exp(f32x4.splat(load<f32>(at) - largest)), 0);
    store<f32>(at, e);
    sum += <f64>e;
  }
  return sum;
}

/** Softmax of each row of x [m, n], in place. */
export function softmax(x: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) softmaxRow(x + ((<usize>i * <usize>n) << 2), n, 1, 0);
}
