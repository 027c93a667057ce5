/** Sum of four lanes. */
function total(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/**
 * (x − mean)/√(var + ε)·w + b of each row, in place; rms: the mean is taken as 0.
 * @param x [m, n]    @param weight [n]    @param bias [n], or 0 for none
 */
export function normalize(x: usize, m: i32, n: i32, rms: bool, weight: usize, bias: usize, epsilon: f32): void {
  const whole = (<usize>(n & ~3)) << 2;
  const bytes = (<usize>n) << 2;
  for (let i = 0; i < m; i++) {
    let mean: f32 = 0;
    if (!rms) {
      let sums = f32x4.splat(0);
      let at: usize = 0;
      for (; at < whole; at += 16) sums = f32x4.add(sums, v128.load(x + at));
      let sum = total(sums);
      for (; at < bytes; at += 4) sum += load<f32>(x + at);
      mean = sum / <f32>n;
    }
    const means = f32x4.splat(mean);
    let squares = f32x4.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const d = f32x4.sub(v128.load(x + at), means);
      squares = f32x4.add(squares, f32x4.mul(d, d));
    }
    let square = total(squares);
    for (; at < bytes; at += 4) {
      const d = load<f32>(x + at) - mean;
      square += d * d;
    }
    const scale: f32 = <f32>1 / sqrt<f32>(square / <f32>n + epsilon);
    const scales = f32x4.splat(scale);
    for (at = 0; at < whole; at += 16) {
      const y = f32x4.mul(f32x4.mul(f32x4.sub(v128.load(x + at), means), scales), v128.load(weight + at));
      v128.store(x + at, bias ? f32x4.add(y, v128.load(bias + at)) : y);
    }
    for (; at < bytes; at += 4) {
      const y = (load<f32>(x + at) - mean) * scale * load<f32>(weight + at);
      store<f32>(x + at, bias ? y + load<f32>(bias + at) : y);
    }
    x += bytes;
  }
}
