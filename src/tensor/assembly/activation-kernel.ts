import { exp, multiplyAdd } from './exponential.ts';

const RELU: i32 = 0;
const GELU: i32 = 1;
const GELU_TANH: i32 = 2;
const SILU: i32 = 3;

/** Applies an activation to x [n] in place: 0 relu, 1 gelu, 2 gelu by tanh, 3 silu, 4 tanh. Room up to a multiple of 4 is written. */
export function activate(x: usize, n: i32, kind: i32): void {
  const end = x + ((<usize>((n + 3) & ~3)) << 2);
  for (; x < end; x += 16) {
    const value = v128.load(x);
    if (kind == RELU) v128.store(x, f32x4.max(value, f32x4.splat(0)));
    else if (kind == GELU) v128.store(x, gelu(value));
    else if (kind == GELU_TANH) v128.store(x, geluTanh(value));
    else if (kind == SILU) v128.store(x, silu(value));
    else v128.store(x, tanh(value));
  }
}

function silu(x: v128): v128 {
  return f32x4.div(x, f32x4.add(f32x4.splat(1), exp(f32x4.neg(x))));
}

/** 1 − 2/(e²ˣ + 1). */
function tanh(x: v128): v128 {
  const e = exp(f32x4.add(x, x));
  return f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
}

/** Hendrycks & Gimpel 2016, the tanh approximation. */
function geluTanh(x: v128): v128 {
  const cubed = f32x4.mul(f32x4.mul(x, x), x);
  const inner = f32x4.mul(f32x4.splat(0.7978845608), multiplyAdd(f32x4.splat(0.044715), cubed, x));
  return f32x4.mul(f32x4.mul(f32x4.splat(0.5), x), f32x4.add(f32x4.splat(1), tanh(inner)));
}

/** x·Φ(x), Φ by the complementary error function. Source: Numerical Recipes, erfcc (Chebyshev fit, 1.2e-7). */
function gelu(x: v128): v128 {
  const z = f32x4.mul(f32x4.abs(x), f32x4.splat(0.7071067812));
  const t = f32x4.div(f32x4.splat(1), multiplyAdd(f32x4.splat(0.5), z, f32x4.splat(1)));
  let p = f32x4.splat(0.17087277);
  p = multiplyAdd(p, t, f32x4.splat(-0.82215223));
  p = multiplyAdd(p, t, f32x4.splat(1.48851587));
  p = multiplyAdd(p, t, f32x4.splat(-1.13520398));
  p = multiplyAdd(p, t, f32x4.splat(0.27886807));
  p = multiplyAdd(p, t, f32x4.splat(-0.18628806));
  p = multiplyAdd(p, t, f32x4.splat(0.09678418));
  p = multiplyAdd(p, t, f32x4.splat(0.37409196));
  p = multiplyAdd(p, t, f32x4.splat(1.00002368));
  p = multiplyAdd(p, t, f32x4.splat(-1.26551223));
  const tail = f32x4.mul(t, exp(f32x4.sub(p, f32x4.mul(z, z))));
  // Half the tail is Φ(−|x|).
  const below = f32x4.mul(f32x4.splat(0.5), tail);
  const negative = f32x4.lt(x, f32x4.splat(0));
  return f32x4.mul(x, v128.bitselect(below, f32x4.sub(f32x4.splat(1), below), negative));
}
