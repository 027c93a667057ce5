/**
 * Rows of the tiles, largest first: a block of M rows is cut into them. V8 puts all loads of a basic block before what uses
 * them, so sums, a step of the panel and one of each row (8 + 2 + 4) have to fit into 15 registers at once.
 */
export const TILE_ROWS = [4, 3, 2, 1];
/** Steps of the inner loop written out, so that moving the pointers costs little. */
const UNROLL = 4;

/**
 * AssemblyScript of the innermost kernels. A tile keeps R × 8 sums in vector registers, which AssemblyScript can't hold in an
 * array; so the text is written out for each R:
 *   c[r, 0…8) = start[0…8) + Σₚ a[r, p]·panel[p, 0…8)
 */
export function tilesSource() {
  return [
    '// Written by scripts/kernels/tiles.mjs; not kept.',
    "import { multiplyAdd } from './exponential.ts';",
    ...TILE_ROWS.map(tile),
  ].join('\n');
}

function tile(rows) {
  const each = (text) => Array.from({ length: rows }, (_, r) => text(r)).join('\n');
  // The way out after each step also ends the basic block: loads of later steps stay behind it.
  const step = (p) => `
    b0 = v128.load(panel, ${p * 32});
    b1 = v128.load(panel, ${p * 32 + 16});
    ${each((r) => `x = v128.load32_splat(a${r}, ${p * 4});\nc${r}0 = multiplyAdd(x, b0, c${r}0);\nc${r}1 = multiplyAdd(x, b1, c${r}1);`)}
    if (--left == 0) break;`;
  return `
/** a [${rows}, k], rows aStride bytes apart; panel [k, 8]; start [8]; c [${rows}, 8], rows cStride bytes apart. k > 0. */
export function tile${rows}(a: usize, aStride: usize, panel: usize, k: i32, start: usize, c: usize, cStride: usize): void {
  let b0: v128, b1: v128, x: v128;
  let left = k;
  ${each((r) => `let a${r}: usize = a + ${r} * aStride;\nlet c${r}0: v128 = v128.load(start);\nlet c${r}1: v128 = v128.load(start, 16);`)}
  while (true) {
    ${Array.from({ length: UNROLL }, (_, p) => step(p)).join('\n')}
    ${each((r) => `a${r} += ${UNROLL * 4};`)}
    panel += ${UNROLL * 32};
  }
  ${each((r) => `v128.store(c + ${r} * cStride, c${r}0);\nv128.store(c + ${r} * cStride, c${r}1, 16);`)}
}`;
}
