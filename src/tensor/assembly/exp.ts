import { multiplyAdd } from './multiply-add.ts';

/** Below it eˣ is smaller than the smallest normal number, and taken as 0. */
const LOWEST: f32 = -87.3;
const HIGHEST: f32 = 88.3;
/** 1.5·2²³: added to a number below 2²², it leaves its nearest integer in the low bits. */
const ROUNDER: f32 = 12582912;

/**
 * eˣ in four lanes; 0 for −Infinity, finite for every finite x.
 * x = n·ln 2 + r, |r| ≤ ½·ln 2; eʳ by a polynomial of degree 6; times 2ⁿ through the exponent bits.
 * Relative error below 2e-7. Source: Cephes, expf.
 */
// @ts-ignore: a decorator of the compiler; a call would cost as much as the work
@inline
export function exp(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(LOWEST));
  // pmin and pmax are one instruction each, and leave NaN as it is.
  const bounded = f32x4.pmin(f32x4.pmax(x, f32x4.splat(LOWEST)), f32x4.splat(HIGHEST));
  const shifted = multiplyAdd(bounded, f32x4.splat(1.44269504), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  let r = multiplyAdd(n, f32x4.splat(-0.693359375), bounded);
  r = multiplyAdd(n, f32x4.splat(2.1219444e-4), r);
  let p = f32x4.splat(1.98756915e-4);
  p = multiplyAdd(p, r, f32x4.splat(1.3981999507e-3));
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3));
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2));
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1));
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1));
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  return v128.andnot(i32x4.add(p, i32x4.shl(shifted, 23)), tiny);
}
