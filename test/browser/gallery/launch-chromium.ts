import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/host/chromium.mjs';

/** The browser that pages are tested in. @param args more of its command line */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', ...args] });
}
