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
