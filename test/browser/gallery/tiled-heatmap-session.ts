import type { Browser, Page } from 'playwright-core';
import { build } from './bundle.ts';
import type { ThemeName } from './themes.ts';

const built = new Map<string, ReturnType<typeof build>>();

function once(entry: string): ReturnType<typeof build> {
  const made = built.get(entry) ?? build(entry);
  built.set(entry, made);
  return made;
}

/** A page with <ax-atlas> alone, and its tiles made in the page: see tiled-heatmap-page.ts. */
export async function openAtlas(
  browser: Browser,
  options: {
    readonly width?: number;
    readonly height?: number;
    readonly theme?: ThemeName;
    /** Another script than that of the tests, and one for a worker. */
    readonly entry?: string;
    readonly worker?: string;
  } = {},
): Promise<{ readonly page: Page; readonly problems: string[] }> {
  const { script, style } = await once(options.entry ?? 'test/browser/gallery/tiled-heatmap-page.ts');
  const worker = options.worker ? (await once(options.worker)).script : '';
  const page = await browser.newPage({ viewport: { width: options.width ?? 1200, height: options.height ?? 800 } });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const files: Record<string, readonly [string, string]> = {
    '/': [
      'text/html',
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Atlas</title><link rel="stylesheet" href="/style.css"></head><body><script type="module" src="/script.js"></script></body></html>',
    ],
    '/style.css': ['text/css', style],
    '/script.js': ['text/javascript', script],
    '/worker.js': ['text/javascript', worker],
  };
  await page.route('http://atlas.test/**', async (route) => {
    const file = files[new URL(route.request().url()).pathname];
    if (file) await route.fulfill({ contentType: file[0], body: file[1] });
    else await route.fulfill({ status: 204 });
  });
  await page.goto(`http://atlas.test/?theme=${options.theme ?? 'dark'}`);
  return { page, problems };
}
