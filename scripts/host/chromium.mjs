import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** What Debian calls the browser and the fonts that Chinese needs. */
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns path of a Chromium: CHROME_BIN, or where distributions put it; undefined when there is none */
export function findChromium() {
  return [process.env.CHROME_BIN, ...PLACES].find((place) => place && existsSync(place));
}

/**
 * Finds Chromium, or as root on Debian and Ubuntu installs it with apt.
 * @throws saying what to install when it can do neither
 */
export function ensureChromium(say = console.log) {
  if (!findChromium() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(`Installing ${PACKAGES.join(', ')} with apt-get …`);
    const apt = (...words) =>
      execFileSync('apt-get', ['-qq', ...words], {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    apt('update');
    apt('install', '-y', ...PACKAGES);
  }
  const found = findChromium();
  if (found) return found;
  throw new Error(
    `The browser tests need Chromium, and there is none at ${PLACES.join(', ')}. ` +
      `Install it (Debian: sudo apt-get install ${PACKAGES.join(' ')}) or set CHROME_BIN to its path.`,
  );
}
