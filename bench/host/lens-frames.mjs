import { quantile } from './quantile.mjs';
import { traced } from './trace.mjs';
import { openWindow } from './window.mjs';

const FILES = ['large.tsv', 'large.csv', 'large.jsonl', 'large.json', 'large.po', 'large.xlf'];
const LONG = 50;
/** Milliseconds that are watched after opening, and after each jump. */
const OPENING = 2500;
const JUMP = 700;
const JUMPS = [0.25, 0.5, 0.75, 1];
const WHEELS = 20;

/** Opens files of 100,000 pairs and scrolls in them, with the extension and without it: the window's tasks, longest first. */
export async function measureLensFrames({ rounds }) {
  const windows = { with: await openWindow() };
  try {
    windows.without = await openWindow({ extension: 'none' });
    const files = [];
    for (const name of FILES) {
      const seen = { opening: { with: [], without: [] }, scrolling: { with: [], without: [] } };
      for (const { ask } of Object.values(windows)) await ask('writeLarge', name);
      for (let round = 0; round < rounds; round++) {
        for (const [which, window] of Object.entries(windows)) {
          let lines;
          seen.opening[which].push(
            await traced(window.page, async () => {
              lines = await window.ask('openLarge', name);
              await pause(OPENING);
            }),
          );
          seen.scrolling[which].push(await traced(window.page, () => scroll(window, lines)));
          await window.ask('closeAll');
        }
      }
      files.push({ name, opening: summary(seen.opening), scrolling: summary(seen.scrolling) });
    }
    return { rounds, files };
  } finally {
    for (const window of Object.values(windows)) await window.close();
  }
}

async function scroll({ page, ask }, lines) {
  for (const part of JUMPS) {
    await ask('reveal', Math.floor((lines - 50) * part));
    await pause(JUMP);
  }
  const box = await page.locator('.editor-instance').first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let i = 0; i < WHEELS; i++) {
    await page.mouse.wheel(0, -400);
    await pause(50);
  }
}

/** Medians over the rounds. */
function summary(traces) {
  const of = (which) => ({
    /** The longest task, by the clock and in time of the thread. */
    longest: quantile(
      traces[which].map(({ tasks }) => Math.max(...tasks.map(({ milliseconds }) => milliseconds))),
      0.5,
    ),
    computed: quantile(
      traces[which].map(({ tasks }) => Math.max(...tasks.map(({ computed }) => computed))),
      0.5,
    ),
    /** How many were longer than a frame of 50 ms. */
    long: quantile(
      traces[which].map(({ tasks }) => tasks.filter(({ computed }) => computed > LONG).length),
      0.5,
    ),
  });
  return { with: of('with'), without: of('without') };
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
