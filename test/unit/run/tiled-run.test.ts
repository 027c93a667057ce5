import { afterEach, describe, expect, test, vi } from 'vitest';
import { TILE_SIZE } from '../../../src/contract/choices.ts';
import { initialView } from '../../../src/contract/state-bounds.ts';
import type { Tile } from '../../../src/contract/tiles.ts';
import type { ViewState } from '../../../src/contract/view-state.ts';
import { type PortLike, portTransport } from '../../../src/engine/worker/transport.ts';
import { type WorkerClient, workerClient } from '../../../src/engine/worker/worker-client.ts';
import { WorkerEngine } from '../../../src/engine/worker/worker-loop.ts';
import { spansOf } from '../../../src/insight/tiles/row-request.ts';
import { TiledMatrix } from '../../../src/insight/tiles/tiled-matrix.ts';
import { streamTiles } from '../../../src/run/tiled-run.ts';
import { matrix } from '../../../src/tensor/matrix.ts';
import { countOperations } from '../../../src/tensor/operation-count.ts';
import { withMatrices } from '../insight/whole-view.ts';
import { smallModel } from './small-model.ts';

const TOKENS = 2000;

/** Every row looks at one place alone, (7·t) mod S: a line one cell thin. */
function thinLine(base: number): TiledMatrix {
  const q = matrix(TOKENS, 2);
  const k = matrix(TOKENS, 2);
  for (let t = 0; t < TOKENS; t++) {
    const [asks, is] = [(2 * Math.PI * ((7 * t) % TOKENS)) / TOKENS, (2 * Math.PI * t) / TOKENS];
    q.data.set([Math.cos(asks) * 1e7, Math.sin(asks) * 1e7], t * 2);
    k.data.set([Math.cos(is), Math.sin(is)], t * 2);
  }
  const empty = matrix(TOKENS, 0);
  const record = {
    ...{ input: empty, q, k, v: matrix(TOKENS, 1), heads: 1, divisor: 1, causal: false, bias: undefined },
    ...{ outputWeight: matrix(1, 0), outputBias: undefined, output: empty },
  };
  const all = Array.from({ length: TOKENS }, (_, i) => ({ from: i, to: i + 1, special: false }));
  const spans = spansOf(all, TOKENS);
  const info = { id: 'thin', of: 'weight', rows: TOKENS, cols: TOKENS, top: 3 } as const;
  return new TiledMatrix(info, { heads: [{ record, head: 0 }], rows: spans, cols: spans, of: 'weight' }, base);
}

const WHOLE = { level: 3, row: 0, col: 0 };
const free = async () => undefined;
const holes = (tile: Tile) => tile.max.filter((value) => Number.isNaN(value)).length;

describe('an atlas, streamed', () => {
  test('shows something everywhere at once, fills in, and ends complete', async () => {
    const tiles: Tile[] = [];
    let now = 0;
    const facts = await streamTiles(
      thinLine(2),
      [WHOLE],
      (tile) => tiles.push(tile),
      free,
      () => (now += 50),
    );
    expect(tiles.length).toBeGreaterThan(2);
    for (const [i, tile] of tiles.entries()) {
      expect([tile.height, tile.width]).toEqual([250, 250]);
      expect(holes(tile)).toBe(0);
      if (i > 0) expect(tile.done).toBeGreaterThan(tiles[i - 1].done);
    }
    // One row of eight and a few more.
    expect(tiles[0].done).toBeLessThan(0.3);
    expect(tiles.at(-1)!.done).toBe(1);
    expect(facts.strongest[3]).toBe(21);
    expect(facts.linked[3]).toBe(21);
    expect(facts.entropy).toBeLessThan(0.7);
  });

  test('never averages a thin bright line away: it is in each row of blocks of every level', async () => {
    const atlas = thinLine(2);
    const places = [];
    for (let level = 0; level <= 3; level++) {
      const count = Math.ceil(TOKENS / (TILE_SIZE * 2 ** level));
      for (let row = 0; row < count; row++) for (let col = 0; col < count; col++) places.push({ level, row, col });
    }
    const latest = new Map<string, Tile>();
    await streamTiles(atlas, places, (tile) => latest.set(`${tile.level} ${tile.row} ${tile.col}`, tile), free);
    expect(latest.size).toBe(places.length);
    for (let t = 0; t < TOKENS; t++) {
      const s = (7 * t) % TOKENS;
      for (let level = 0; level <= 3; level++) {
        const [row, col] = [t, s].map((at) => Math.floor(at / 2 ** level));
        const tile = latest.get(`${level} ${Math.floor(row / TILE_SIZE)} ${Math.floor(col / TILE_SIZE)}`)!;
        const at = (row % TILE_SIZE) * tile.width + (col % TILE_SIZE);
        expect(tile.max[at]).toBeGreaterThan(0.5);
        if (level > 0) expect(tile.mean[at]).toBeLessThan(0.51);
      }
    }
  });

  test('a call that is cancelled leaves what it computed to the next', async () => {
    const whole = thinLine(2);
    const all = vi.spyOn(whole, 'advance');
    await streamTiles(whole, [WHOLE], () => {}, free);
    const atlas = thinLine(2);
    const advance = vi.spyOn(atlas, 'advance');
    let breaths = 0;
    const stop = streamTiles(
      atlas,
      [WHOLE],
      () => {},
      async () => {
        if (++breaths === 4) throw new DOMException('no longer looked at', 'AbortError');
      },
    );
    await expect(stop).rejects.toMatchObject({ name: 'AbortError' });
    expect(advance).toHaveBeenCalledTimes(3);
    await streamTiles(atlas, [WHOLE], () => {}, free);
    expect(advance.mock.calls.length).toBe(all.mock.calls.length);
  });

  test('asks for a breath between stripes of a bounded number of cells', async () => {
    let last = 0;
    let largest = 0;
    const atlas = thinLine(2);
    while (!atlas.complete) {
      const { multiplications } = countOperations(() => atlas.advance());
      largest = Math.max(largest, multiplications);
      last++;
    }
    expect(last).toBeGreaterThan(5);
    expect(largest).toBeLessThanOrEqual(2 * 2 ** 19);
  });

  test('tiles that are not there are not computed', async () => {
    const tiles: Tile[] = [];
    const places = [
      { level: 3, row: 1, col: 0 },
      { level: 40, row: 0, col: 0 },
      { level: -1, row: 0, col: 0 },
      { level: 0, row: 0.5, col: 0 },
    ];
    await streamTiles(thinLine(2), places, (tile) => tiles.push(tile), free);
    expect(tiles).toEqual([]);
  });
});

describe('over a worker', () => {
  const open: WorkerClient[] = [];
  afterEach(() => {
    for (const client of open.splice(0)) client.dispose();
  });

  async function explored() {
    const client = workerClient(() => {
      const { port1, port2 } = new MessageChannel();
      const details = async (folder: string) => ({
        folder,
        parts: [],
        dtypes: [],
        tokenizerFiles: [],
        card: undefined,
      });
      new WorkerEngine(portTransport(port2 as unknown as PortLike), async () => smallModel(), details);
      return portTransport(port1 as unknown as PortLike);
    });
    open.push(client);
    const run = await client.run({ folder: '/small', source: 'we like eating', target: 'ab cdef g' });
    const state: ViewState = { ...initialView(run), unit: 'words', phase: 'match' };
    return { client, run, state };
  }

  test('tiles, rows and columns are those of the view', async () => {
    const { client, run, state } = await explored();
    const { runId } = run;
    const view = withMatrices(await client.view({ runId, state }), run);
    const [rows, cols] = [view.rows.length, view.cols.length];
    const tiles: Tile[] = [];
    const places = [{ level: 0, row: 0, col: 0 }];
    const facts = await client.tiles({ runId, state, places }, { onPart: (tile) => tiles.push(tile) });
    const tile = tiles.at(-1)!;
    expect([tile.height, tile.width, tile.done]).toEqual([rows, cols, 1]);
    expect(tile.id).toBe(facts.id);
    expect(facts.entropy).toBeCloseTo(view.facts.entropy ?? Number.NaN, 4);
    expect(facts.peak?.weight).toBeCloseTo(view.facts.peak!.weight, 5);
    view.weights.forEach((weight, i) => {
      expect(tile.max[i]).toBeCloseTo(weight, 5);
      expect(tile.mean[i]).toBeCloseTo(weight, 5);
    });
    for (const [axis, index] of [
      ['row', 1],
      ['col', 2],
    ] as const) {
      const line = await client.tiledLine({ runId, state, axis, index });
      const expected = view.weights.filter((_, i) => (axis === 'row' ? Math.floor(i / cols) : i % cols) === index);
      expect(line).toHaveLength(expected.length);
      for (const [i, weight] of line.entries()) expect(weight).toBeCloseTo(expected[i], 5);
    }
    expect(await client.tiledLine({ runId, state, axis: 'row', index: 99 })).toHaveLength(0);
  });

  test('of a what-if they are of the changed run', async () => {
    const { client, run, state } = await explored();
    const hidden = { ...state, whatIf: { mask: [1] } };
    const { runId } = run;
    const line = (one: ViewState) => client.tiledLine({ runId, state: one, axis: 'row', index: 0 });
    expect((await line({ ...hidden, unit: 'pieces' }))[1]).toBe(0);
    expect((await line({ ...state, unit: 'pieces' }))[1]).toBeGreaterThan(0);
  });

  test('a dropped run has none, and a cancelled call ends', async () => {
    const { client, run, state } = await explored();
    const request = { runId: run.runId, state, places: [{ level: 0, row: 0, col: 0 }] };
    const leaving = new AbortController();
    const left = client.tiles(request, { signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    client.drop(run.runId);
    await expect(client.tiles(request)).rejects.toMatchObject({ code: 'run-gone' });
  });
});
