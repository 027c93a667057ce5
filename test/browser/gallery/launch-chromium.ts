import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/host/chromium.mjs';

/**
 * The browser that pages are tested in. With ATTENTION_TEST_SLOWDOWN=8 their scripts run eight times slower: what a test
 * forgets to wait for shows then.
 * @param args more of its command line
 */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const flags = ['--no-sandbox', '--disable-gpu', ...args];
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  const rate = Number(process.env.ATTENTION_TEST_SLOWDOWN ?? 1);
  if (rate > 1) slowDown(browser, rate);
  return browser;
}

function slowDown(browser: Browser, rate: number): void {
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    const openPage = context.newPage.bind(context);
    context.newPage = async () => {
      const page = await openPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate });
      return page;
    };
    return context;
  };
}
