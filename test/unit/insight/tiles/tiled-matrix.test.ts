import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drain } from '../../../../src/base/scheduling.ts';
import { TILE_SIZE } from '../../../../src/contract/choices.ts';
import type { Tile } from '../../../../src/contract/tiles.ts';
import { rowLinks } from '../../../../src/insight/alignment.ts';
import { meanEntropy } from '../../../../src/insight/head-measures.ts';
import { MATRIX_OF, selectedHeads } from '../../../../src/insight/state-selection.ts';
import { spansOf } from '../../../../src/insight/tiles/row-request.ts';
import { TiledMatrix } from '../../../../src/insight/tiles/tiled-matrix.ts';
import { peakCell, viewMatrices } from '../../../../src/insight/view-matrices.ts';
import { useKernels } from '../../../../src/tensor/kernels.ts';
import { type Matrix, matrix } from '../../../../src/tensor/matrix.ts';
import { BACKENDS } from '../../tensor/wasm/all-kernels.ts';
import { type Drawn, drawn } from './random-matrix.ts';

const BOUND = 1e-5;

/** The matrices as a short pair has them, and the atlas of the same. */
function both({ records, rows, cols, state }: Drawn, base: number) {
  const pass = { encoder: [], decoder: [], cross: records, encoderOutput: matrix(0, 0), decoderOutput: matrix(0, 0) };
  const full = { ...state, query: 0, unit: 'pieces', special: 'show', picture: 'heatmap' } as const;
  const shown = viewMatrices(pass, { ...full, alignment: 'off', sort: 'layer' }, rows, cols);
  const of = state.matrix === 'value' ? 'value' : MATRIX_OF[state.phase];
  const most = Math.max(rows.length, cols.length);
  const top = Math.max(0, Math.ceil(Math.log2(most / TILE_SIZE)));
  const info = { id: 'one', of, rows: rows.length, cols: cols.length, top };
  const heads = selectedHeads(records, state);
  const { q, k } = records[0];
  const look = { heads, rows: spansOf(rows, q.rows), cols: spansOf(cols, k.rows), of };
  return { shown, atlas: new TiledMatrix(info, look, base) };
}

/** Largest and mean of the blocks of a matrix, NaN left out: plain loops. */
function blocksOf(values: Matrix, level: number, place: { row: number; col: number }) {
  const size = 2 ** level;
  const height = Math.min(TILE_SIZE, Math.ceil(values.rows / size) - place.row * TILE_SIZE);
  const width = Math.min(TILE_SIZE, Math.ceil(values.cols / size) - place.col * TILE_SIZE);
  const [max, mean]: number[][] = [[], []];
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const cells: number[] = [];
      for (
        let r = (place.row * TILE_SIZE + i) * size;
        r < Math.min(values.rows, (place.row * TILE_SIZE + i + 1) * size);
        r++
      ) {
        for (
          let c = (place.col * TILE_SIZE + j) * size;
          c < Math.min(values.cols, (place.col * TILE_SIZE + j + 1) * size);
          c++
        ) {
          if (!Number.isNaN(values.data[r * values.cols + c])) cells.push(values.data[r * values.cols + c]);
        }
      }
      max.push(cells.length === 0 ? Number.NaN : Math.max(...cells));
      mean.push(cells.reduce((sum, cell) => sum + cell, 0) / cells.length);
    }
  }
  return { height, width, max, mean };
}

function near(found: ArrayLike<number>, expected: ArrayLike<number>, scale = 1): void {
  expect(found.length).toBe(expected.length);
  let worst = 0;
  for (let i = 0; i < found.length; i++) {
    if (Number.isNaN(expected[i]) !== Number.isNaN(found[i])) worst = Number.POSITIVE_INFINITY;
    else if (!Number.isNaN(expected[i])) worst = Math.max(worst, Math.abs(found[i] - expected[i]));
  }
  expect(worst).toBeLessThan(BOUND * scale);
}

function check(one: Drawn, base: number): void {
  const { shown, atlas } = both(one, base);
  const { values, weights } = shown;
  // Scores are no weights: their bound is relative to the largest.
  const scale = values.data.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 1);
  const { rows, cols, top } = atlas.info;
  const compare = (tile: Tile) => {
    const expected = blocksOf(values, tile.level, tile);
    expect([tile.height, tile.width, tile.done]).toEqual([expected.height, expected.width, 1]);
    near(tile.max, expected.max, scale);
    near(tile.mean, expected.mean, scale);
  };
  const places = (level: number) => {
    const size = TILE_SIZE * 2 ** level;
    const all = [];
    for (let row = 0; row * size < rows; row++) {
      for (let col = 0; col * size < cols; col++) all.push({ level, row, col });
    }
    return all;
  };
  // Fine tiles first: their rows are not computed yet.
  const fine = Array.from({ length: base }, (_, level) => places(level)).flat();
  for (const place of fine.slice(0, 2)) compare(drain(atlas.fine(place)));
  while (!atlas.complete) atlas.advance();
  for (const place of fine) compare(drain(atlas.fine(place)));
  for (let level = base; level <= Math.max(top, base) + 1; level++) {
    for (const place of places(level)) compare(atlas.tile(place));
  }
  for (const row of [0, rows - 1]) near(atlas.row(row), weights.data.subarray(row * cols, (row + 1) * cols));
  for (const col of [0, cols - 1]) {
    const column = Array.from({ length: rows }, (_, row) => weights.data[row * cols + col]);
    near(drain(atlas.column(col)), column);
  }
  const facts = atlas.facts();
  // Of the pieces whose rows are on show.
  const pieces = one.rows.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
  const width = shown.pieceWeights.cols;
  const data = pieces.flatMap((t) => [...shown.pieceWeights.data.subarray(t * width, (t + 1) * width)]);
  const entropy = meanEntropy(matrix(pieces.length, width, Float32Array.from(data)));
  expect(Math.abs(facts.entropy - entropy)).toBeLessThan(1e-4);
  const peak = peakCell(weights, one.rows, one.cols);
  expect(facts.peak === undefined).toBe(peak === undefined);
  if (peak && facts.peak) expect(Math.abs(facts.peak.weight - peak.weight)).toBeLessThan(BOUND);
  // Where two columns have the same weight but for rounding, either is the strongest.
  const links = new Map(rowLinks(weights, one.rows, one.cols).map(({ row, col }) => [row, col]));
  facts.linked.forEach((col, row) => {
    expect(col === -1).toBe(!links.has(row));
    if (col >= 0) near([weights.data[row * cols + col]], [weights.data[row * cols + links.get(row)!]]);
  });
  facts.strongest.forEach((col, row) => {
    const most = Math.max(0, ...weights.data.subarray(row * cols, (row + 1) * cols));
    near([col === -1 ? 0 : weights.data[row * cols + col]], [most]);
  });
}

describe.each(BACKENDS)('%s: the atlas has the numbers of the whole matrix', (_, chosen) => {
  beforeEach(() => useKernels(chosen));
  afterEach(() => useKernels(undefined));

  test('within 1e-5: tiles of every level, lines and facts, whatever the shape, mask, bias, unit, head and matrix (seed 7)', () => {
    fc.assert(
      fc.property(drawn(40), fc.integer({ min: 0, max: 4 }), (one, base) => check(one, base)),
      { seed: 7, numRuns: 150 },
    );
  });

  test('likewise over several tiles (seed 8)', () => {
    fc.assert(
      fc.property(drawn(700), fc.integer({ min: 0, max: 2 }), (one, base) => check(one, base)),
      { seed: 8, numRuns: 6 },
    );
  });
});
