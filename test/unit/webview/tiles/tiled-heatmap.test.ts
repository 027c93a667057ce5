import { expect, test } from 'vitest';
import type { Tile, TiledInfo, TilePlace } from '../../../../src/contract/tiles.ts';
import { ticksOf } from '../../../../webview/tiles/axis-painting.ts';
import { blockAt, mergedBlocks } from '../../../../webview/tiles/blocks.ts';
import { TileStore } from '../../../../webview/tiles/tile-store.ts';
import { RequestedTiles } from '../../../../webview/tiles/tiled-picture.ts';
import {
  axesOf,
  detailOf,
  layoutFor,
  panned,
  settled,
  visibleTiles,
  WHOLE,
  zoomed,
} from '../../../../webview/tiles/viewport.ts';

/** Numbers in [0, 1) that are the same every time. Source: Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

const infoOf = (rows: number, cols: number): TiledInfo => ({
  ...{ id: 'one', of: 'weight', rows, cols },
  top: Math.max(0, Math.ceil(Math.log2(Math.max(rows, cols) / 256))),
});

const tileOf = (place: TilePlace, done = 1, value = 0.5): Tile => ({
  ...{ ...place, id: 'one', height: 256, width: 256, done, least: 0, most: value },
  max: new Float32Array(256 * 256).fill(value),
  mean: new Float32Array(256 * 256).fill(value / 2),
});

const SIZES = [
  [16384, 16384],
  [16384, 300],
  [1500, 1500],
  [1, 600_000],
  [600, 600],
  [300, 16384],
] as const;

test('wherever one zooms, the cell under the pointer stays; nothing outside of the matrix comes in sight', () => {
  const random = seeded(1);
  for (const [rows, cols] of SIZES) {
    const room = layoutFor(400 + random() * 900, { rows, cols });
    let sight = WHOLE;
    for (let i = 0; i < 200; i++) {
      const [x, y] = [random() * room.bodyWidth, random() * room.bodyHeight];
      const before = axesOf(room, { rows, cols }, sight);
      sight = zoomed(room, { rows, cols }, sight, 0.4 + random() * 2.4, x, y);
      const after = axesOf(room, { rows, cols }, sight);
      for (const [was, is, at] of [
        [before.rows, after.rows, y],
        [before.cols, after.cols, x],
      ] as const) {
        expect(is.from).toBeGreaterThanOrEqual(0);
        expect(is.from + is.span).toBeLessThanOrEqual(is.count + 1e-6);
        const moved = Math.abs(was.from + at / was.scale - (is.from + at / is.scale)) * is.scale;
        // At the edges the matrix is kept in its frame instead.
        if (is.from > 0 && is.from + is.span < is.count - 1e-6) expect(moved).toBeLessThan(1e-3);
      }
      sight = panned(room, { rows, cols }, sight, (random() - 0.5) * 400, (random() - 0.5) * 400);
    }
  }
});

test('at most 64 places are in sight, each in the matrix, the top first, and no block is drawn narrower than a pixel', () => {
  const random = seeded(2);
  for (const [rows, cols] of SIZES) {
    const info = infoOf(rows, cols);
    for (let i = 0; i < 200; i++) {
      const room = layoutFor(400 + random() * 900, info);
      const ratio = 1 + random();
      const sight = settled(room, info, { zoom: random(), row: random() * rows, col: random() * cols });
      const axes = axesOf(room, info, sight);
      const detail = detailOf(info, axes, ratio);
      const places = visibleTiles(info, axes, detail);
      expect(places.length).toBeLessThanOrEqual(64);
      expect(places[0]).toEqual({ level: info.top, row: 0, col: 0 });
      const cells = 256 * 2 ** detail.level;
      for (const place of places.slice(1)) {
        expect(place.level).toBe(detail.level);
        expect([place.row >= 0, place.col >= 0, place.row * cells < rows, place.col * cells < cols]).toEqual(
          Array(4).fill(true),
        );
      }
      const blocks = [2 ** (detail.level + detail.joinRows), 2 ** (detail.level + detail.joinCols)];
      if (blocks[0]! < rows) expect(blocks[0]! * axes.rows.scale * ratio).toBeGreaterThanOrEqual(1 - 1e-6);
      if (blocks[1]! < cols) expect(blocks[1]! * axes.cols.scale * ratio).toBeGreaterThanOrEqual(1 - 1e-6);
    }
  }
});

test('labels keep their distance, and the same ones stay while it is panned', () => {
  const random = seeded(3);
  for (let i = 0; i < 300; i++) {
    const count = 1 + Math.floor(random() * 20_000);
    const scale = 28 * 0.001 ** random();
    const span = Math.min(count, 500 / scale);
    const axis = { scale, span, count, from: random() * (count - span) };
    const marked = [Math.floor(random() * count), Math.floor(random() * count)];
    const { at, step } = ticksOf(axis, 16, marked);
    at.slice(1).forEach((index, n) => {
      expect((index - at[n]!) * scale).toBeGreaterThanOrEqual(16 - 1e-6);
    });
    for (const index of at) expect(index % step === 0 || marked.includes(index)).toBe(true);
    if (scale >= 16) expect(step).toBe(1);
  }
});

test('blocks that are joined keep the greatest and the mean of what is not masked', () => {
  const random = seeded(4);
  const [height, width] = [37, 21];
  const values = Float32Array.from({ length: height * width }, () => (random() < 0.3 ? Number.NaN : random()));
  for (const [joinRows, joinCols] of [
    [0, 0],
    [1, 0],
    [0, 2],
    [3, 1],
  ] as const) {
    for (const measure of ['max', 'mean'] as const) {
      const joined = mergedBlocks({ height, width, max: values, mean: values }, measure, joinRows, joinCols);
      expect([joined.height, joined.width]).toEqual([
        Math.ceil(height / 2 ** joinRows),
        Math.ceil(width / 2 ** joinCols),
      ]);
      for (let row = 0; row < joined.height; row++) {
        for (let col = 0; col < joined.width; col++) {
          const inside = [...values].filter(
            (value, at) =>
              Math.floor(at / width) >> joinRows === row && (at % width) >> joinCols === col && !Number.isNaN(value),
          );
          const expected =
            measure === 'max' ? Math.max(...inside) : inside.reduce((sum, value) => sum + value, 0) / inside.length;
          const seen = joined.values[row * joined.width + col]!;
          if (inside.length === 0) expect(seen).toBeNaN();
          else expect(seen).toBeCloseTo(expected, 5);
        }
      }
    }
  }
});

test('tiles: the fuller one stays, the oldest goes when there is no room, and what was looked at goes last', () => {
  const one = tileOf({ level: 0, row: 0, col: 0 });
  const size = one.max.byteLength * 2;
  const tiles = new TileStore(3 * size);
  expect(tiles.put({ ...one, done: 0.5 })).toBe(true);
  expect(tiles.put({ ...one, done: 0.25 })).toBe(false);
  expect(tiles.put(one)).toBe(true);
  expect(tiles.put(one)).toBe(false);
  tiles.put(tileOf({ level: 0, row: 0, col: 1 }));
  tiles.put(tileOf({ level: 0, row: 0, col: 2 }, 1, 0.9));
  expect(tiles.bytes).toBe(3 * size);
  tiles.get({ level: 0, row: 0, col: 0 });
  tiles.put(tileOf({ level: 0, row: 0, col: 3 }));
  expect(tiles.bytes).toBe(3 * size);
  expect([0, 1, 2, 3].map((col) => tiles.peek({ level: 0, row: 0, col }) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(tiles.span).toEqual([0, 0.9]);
});

test('what has been asked for is not asked for again, unless it came, was dropped and is wanted again', () => {
  const tiles = new TileStore(1);
  const asked = new RequestedTiles();
  const [one, other] = [0, 1].map((col) => ({ level: 0, row: 0, col })) as [TilePlace, TilePlace];
  expect(asked.next([one], tiles)).toEqual([one]);
  expect(asked.next([one], tiles)).toBeUndefined();
  expect(asked.next([one, other], tiles)).toEqual([one, other]);
  tiles.put(tileOf(one));
  asked.came(tileOf(one));
  expect(asked.next([one, other], tiles)).toBeUndefined();
  tiles.put(tileOf(other));
  asked.came(tileOf(other));
  expect(asked.next([one, other], tiles)).toEqual([one]);
});

test('a cell is told from the finest tile that knows it; a part that is still to come from a coarser one', () => {
  const tiles = new TileStore();
  expect(blockAt(tiles, 300, 40, 0, 2)).toBeUndefined();
  tiles.put(tileOf({ level: 2, row: 0, col: 0 }, 1, 0.7));
  expect(blockAt(tiles, 302, 41, 0, 2)).toMatchObject({ row: 300, col: 40, size: 4, whole: true });
  const part = tileOf({ level: 1, row: 0, col: 0 }, 0.5, 0.6);
  part.max.fill(Number.NaN, 128 * 256);
  tiles.put(part);
  expect(blockAt(tiles, 302, 41, 0, 2)).toMatchObject({ size: 4 });
  expect(blockAt(tiles, 20, 41, 0, 2)).toMatchObject({ row: 20, col: 40, size: 2, whole: false });
});
