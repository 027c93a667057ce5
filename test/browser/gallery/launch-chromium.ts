import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/host/chromium.mjs';

/** The browser that pages are tested in. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
}
