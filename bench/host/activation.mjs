import { quantile } from './quantile.mjs';
import { openWindow } from './window.mjs';

/** Milliseconds after which nothing that belongs to a start is still going on. */
const SETTLED = 1500;

/** Starts windows, and sees how long the extension takes to be there and what it touches meanwhile. */
export async function measureActivation({ starts }) {
  const seen = [];
  for (let i = 0; i < starts; i++) {
    const { page, ask, close } = await openWindow({ extension: 'watched' });
    try {
      await new Promise((resolve) => setTimeout(resolve, SETTLED));
      await ask('showRunning');
      const row = page.locator('.runtime-extensions-editor .extension', { hasText: 'Attention Explorer' }).first();
      const said = /(\d+)ms/.exec(await row.locator('.activation-time').innerText());
      seen.push({ ...(await ask('activation')), told: said ? Number(said[1]) : undefined });
    } finally {
      await close();
    }
  }
  const median = (field) =>
    quantile(
      seen.map((one) => one[field]),
      0.5,
    );
  return {
    starts,
    told: median('told'),
    load: median('load'),
    loadComputed: median('loadComputed'),
    call: median('call'),
    callComputed: median('callComputed'),
    modules: [...new Set(seen.flatMap(({ modules }) => modules))],
    touched: [...new Set(seen.flatMap(({ touched }) => touched))],
  };
}
