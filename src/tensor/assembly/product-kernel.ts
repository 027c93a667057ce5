import { upcastPanel } from './panel-packing.ts';
import { tile1, tile2, tile3, tile4 } from './tiles.ts';

/** Bytes of a panel's row: eight values. */
const WIDTH: usize = 32;

/**
 * C = A·B + start, B packed into panels of eight columns (pack.ts).
 * @param a [m, k], k > 0, rows aStride bytes apart    @param panels [⌈n/8⌉, k, 8]
 * @param start [⌈n/8⌉·8] what each row starts from (a bias), or 0 for zeros at `zeros`
 * @param zeros [8] zeros    @param edge room for 4 × 8 values
 * @param c [m, n], rows cStride bytes apart
 */
export function product(
  a: usize,
  aStride: usize,
  panels: usize,
  start: usize,
  zeros: usize,
  edge: usize,
  c: usize,
  cStride: usize,
  m: i32,
  n: i32,
  k: i32,
): void {
  for (let j = 0; j < n; j += 8) {
    onePanel(a, aStride, panels, start ? start : zeros, edge, c, cStride, m, n - j, k);
    panels += <usize>k * WIDTH;
    if (start) start += WIDTH;
    c += WIDTH;
  }
}

/** The same with panels of half-precision values, widened one at a time. @param panel room for [k, 8] floats */
export function productFloat16(
  a: usize,
  aStride: usize,
  panels: usize,
  kind: i32,
  panel: usize,
  start: usize,
  zeros: usize,
  edge: usize,
  c: usize,
  cStride: usize,
  m: i32,
  n: i32,
  k: i32,
): void {
  for (let j = 0; j < n; j += 8) {
    upcastPanel(panels, kind, k, panel);
    onePanel(a, aStride, panel, start ? start : zeros, edge, c, cStride, m, n - j, k);
    panels += (<usize>k * WIDTH) >> 1;
    if (start) start += WIDTH;
    c += WIDTH;
  }
}

/** One panel under all rows; of the last, which is padded, only the columns that exist are written, by way of `edge`. */
function onePanel(
  a: usize,
  aStride: usize,
  panel: usize,
  start: usize,
  edge: usize,
  c: usize,
  cStride: usize,
  m: i32,
  columns: i32,
  k: i32,
): void {
  if (columns >= 8) {
    allRows(a, aStride, panel, start, c, cStride, m, k);
    return;
  }
  for (let i = 0; i < m; i += 4) {
    const rows = min(4, m - i);
    allRows(a + <usize>i * aStride, aStride, panel, start, edge, WIDTH, rows, k);
    for (let r = 0; r < rows; r++) {
      memory.copy(c + <usize>(i + r) * cStride, edge + <usize>r * WIDTH, <usize>columns << 2);
    }
  }
}

function allRows(a: usize, aStride: usize, panel: usize, start: usize, c: usize, cStride: usize, m: i32, k: i32): void {
  let left = m;
  while (left >= 4) {
    tile4(a, aStride, panel, k, start, c, cStride);
    a += 4 * aStride;
    c += 4 * cStride;
    left -= 4;
  }
  if (left == 3) tile3(a, aStride, panel, k, start, c, cStride);
  else if (left == 2) tile2(a, aStride, panel, k, start, c, cStride);
  else if (left == 1) tile1(a, aStride, panel, k, start, c, cStride);
}
