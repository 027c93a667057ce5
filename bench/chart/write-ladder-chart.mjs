import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, ensureChromium } from '../../scripts/host/chromium.mjs';
import { root } from '../../scripts/host/paths.mjs';
import { ladderChart } from './ladder-chart.mjs';
import { ladderOf } from './ladder-of.mjs';

const place = path.join(root, 'media/bench-ladder');

/**
 * Draws media/bench-ladder.svg, and the same as PNG for the marketplace, which takes no SVG in a README.
 * @param result what bench/long measured; without it the chart stays as it is
 */
export async function writeLadderChart(result) {
  const ladder = ladderOf(result);
  if (ladder.length < 2) return;
  const { time, memory } = result.exponents;
  const svg = ladderChart(ladder, { whole: time, memory });
  writeFileSync(`${place}.svg`, svg);
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 980, height: 420 } });
    await page.setContent(`<body style="margin:0">${svg}</body>`);
    await page.locator('svg').screenshot({ path: `${place}.png`, omitBackground: true });
  } finally {
    await browser.close();
  }
}
