/** a·b + c in four lanes; one rounding where the engine has relaxed SIMD and the processor fuses the two. */
// @ts-ignore: a decorator of the compiler
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Below it eˣ is smaller than the smallest normal number, and taken as 0. */
const LOWEST: f32 = -87.3;
const HIGHEST: f32 = 88.3;
/** 1.5·2²³: added to a number below 2²², it leaves its nearest integer in the low bits. */
const ROUNDER: f32 = 12582912;

/** Of x², x³ … x⁶; those of 1 and x are 1. */
const C2: f32 = 0.49999994;
const C3: f32 = 0.16666521;
const C4: f32 = 0.04166839;
const C5: f32 = 0.00836871;
const C6: f32 = 0.0013814613;

/**
 * eˣ in four lanes; 0 for −Infinity, finite for every finite x.
 * x = n·ln 2 + r, |r| ≤ ½·ln 2; eʳ by a polynomial of degree 6; times 2ⁿ through the exponent bits.
 * Relative error below 2e-7. Source: Cephes, expf, for the reduction; the coefficients are a minimax fit of relative error 3e-9.
 */
// @ts-ignore: a decorator of the compiler; a call would cost as much as the work
@inline
export function exp(x: v128): v128 {
  // One instruction, and leaves NaN as it is.
  return expBelow(f32x4.pmin(x, f32x4.splat(HIGHEST)));
}

/** The same where no x is above HIGHEST. What is below LOWEST may come out as anything before it is taken as 0. */
// @ts-ignore: a decorator of the compiler
@inline
export function expBelow(x: v128): v128 {
  const shifted = multiplyAdd(x, f32x4.splat(1.44269504), f32x4.splat(ROUNDER));
  const n = f32x4.sub(shifted, f32x4.splat(ROUNDER));
  let r = multiplyAdd(n, f32x4.splat(-0.693359375), x);
  r = multiplyAdd(n, f32x4.splat(2.1219444e-4), r);
  let p = f32x4.splat(C6);
  p = multiplyAdd(p, r, f32x4.splat(C5));
  p = multiplyAdd(p, r, f32x4.splat(C4));
  p = multiplyAdd(p, r, f32x4.splat(C3));
  p = multiplyAdd(p, r, f32x4.splat(C2));
  p = multiplyAdd(p, r, f32x4.splat(1));
  p = multiplyAdd(p, r, f32x4.splat(1));
  return v128.andnot(i32x4.add(p, i32x4.shl(shifted, 23)), f32x4.lt(x, f32x4.splat(LOWEST)));
}
