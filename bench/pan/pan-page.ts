import '../../test/browser/gallery/tiled-heatmap-page.ts';
import type { Tile } from '../../src/contract/tiles.ts';

interface Moves {
  readonly seconds: number;
  /** px a frame, and the wheel of a zoom a frame; both turn around at the ends. */
  readonly dx: number;
  readonly dy: number;
  readonly zoom: number;
}

/** Runs in the page: tiles from a worker, and a script of wheel events. */
declare global {
  interface Window {
    /** Zooms in by so many turns of the wheel, and waits for the tiles. */
    prepareTiles(turns: number): Promise<void>;
    move(moves: Moves): Promise<{ frames: number; tiles: number; deltas: number[]; work: number[] }>;
  }
}

const worker = new Worker('/worker.js', { type: 'module' });
let tiles = 0;
worker.onmessage = ({ data }: MessageEvent<Omit<Tile, 'id'>>) => {
  const start = performance.now();
  tiles++;
  window.atlas.take({ ...data, id: window.atlas.view!.map.info.id });
  worked += performance.now() - start;
};
document.body.addEventListener('ax-tiles', ({ detail }) =>
  worker.postMessage({ size: window.atlas.view!.map.info.rows, places: detail.places }),
);

/** What the component's own frames take. */
let worked = 0;
const next = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) =>
  next((time) => {
    const start = performance.now();
    callback(time);
    worked += performance.now() - start;
  });

const frame = () => new Promise<number>((resolve) => next(resolve));

function wheel(deltaX: number, deltaY: number, ctrlKey: boolean): void {
  const box = window.atlas.querySelector('.atlas-view')!;
  const { left, top, width, height } = box.getBoundingClientRect();
  const at = { clientX: left + width * 0.55, clientY: top + height * 0.55 };
  const start = performance.now();
  box.dispatchEvent(new WheelEvent('wheel', { ...at, deltaX, deltaY, ctrlKey, bubbles: true, cancelable: true }));
  worked += performance.now() - start;
}

window.prepareTiles = async (turns) => {
  for (let i = 0; i < turns; i++) {
    wheel(0, -60, true);
    await frame();
  }
  for (let still = 0; still < 20; ) {
    const before = tiles;
    await frame();
    still = tiles === before ? still + 1 : 0;
  }
};

window.move = async ({ seconds, dx, dy, zoom }) => {
  const deltas: number[] = [];
  const work: number[] = [];
  const before = tiles;
  let last = await frame();
  const start = last;
  worked = 0;
  let [way, inwards] = [1, 1];
  for (let now = last; now - start < seconds * 1000; last = now) {
    const { zoom: was, row, col } = window.atlas.held!;
    if (dx || dy) wheel(dx * way, dy * way, false);
    const panned = window.atlas.held!;
    if (zoom) wheel(0, -zoom * inwards, true);
    // It turns around where it can go no further: a frame in which nothing moves is none, and comes when the browser likes.
    if (panned.row === row && panned.col === col) way = -way;
    if (window.atlas.held!.zoom === was) inwards = -inwards;
    now = await frame();
    deltas.push(now - last);
    work.push(worked);
    worked = 0;
  }
  return { frames: deltas.length, tiles: tiles - before, deltas, work };
};
