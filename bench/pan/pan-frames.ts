import { launchChromium } from '../../test/browser/gallery/launch-chromium.ts';
import { openAtlas } from '../../test/browser/gallery/tiled-heatmap-session.ts';

const SIZE = 16384;

/** Frames of one script. */
export interface PanFrames {
  readonly name: string;
  readonly seconds: number;
  readonly frames: number;
  /** Tiles that came meanwhile. */
  readonly tiles: number;
  /** ms between animation frames, and ms of a frame that the component's own code took. */
  readonly deltas: readonly number[];
  readonly work: readonly number[];
  /** ms of the main thread a frame, all in all. */
  readonly processor: number;
}

/** What is done in each frame: wheel moves over the middle of the picture, px; ctrl zooms. */
const SCRIPTS = {
  'panning, whole level': { zoomFirst: 4, dx: 14, dy: 9, zoom: 0 },
  'panning, cells with numbers': { zoomFirst: 60, dx: 22, dy: 12, zoom: 0 },
  'zooming in and out': { zoomFirst: 0, dx: 0, dy: 0, zoom: 9 },
  'panning and zooming': { zoomFirst: 8, dx: 16, dy: 8, zoom: 5 },
} as const;

/** Frames as fast as they can be made, and at the 60 a second of a display. */
export async function panFrames(seconds: number): Promise<{ readonly free: PanFrames[]; readonly paced: PanFrames[] }> {
  return { free: await framesOf(seconds, ['--disable-frame-rate-limit']), paced: await framesOf(seconds, []) };
}

async function framesOf(seconds: number, args: readonly string[]): Promise<PanFrames[]> {
  const browser = await launchChromium(args);
  try {
    const runs: PanFrames[] = [];
    for (const [name, script] of Object.entries(SCRIPTS)) {
      const { page } = await openAtlas(browser, {
        width: 1200,
        entry: 'bench/pan/pan-page.ts',
        worker: 'bench/pan/tile-worker.ts',
      });
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const busy = async () =>
        (await session.send('Performance.getMetrics')).metrics.find(({ name: n }) => n === 'TaskDuration')?.value ?? 0;
      await page.evaluate((size) => window.showAtlas({ rows: size, cols: size, held: true }), SIZE);
      await page.evaluate((turns) => window.prepareTiles(turns), script.zoomFirst);
      const before = await busy();
      const seen = await page.evaluate((options) => window.move(options), { ...script, seconds });
      const processor = ((await busy()) - before) * 1000;
      runs.push({ name, seconds, ...seen, processor: processor / Math.max(1, seen.frames) });
      await page.close();
    }
    return runs;
  } finally {
    await browser.close();
  }
}
