import { quantile } from './quantile.mjs';
import { openWindow } from './window.mjs';

/** From Explore to the painted picture: cold in new windows, warm again and again in each. */
export async function measureExploring({ windows, rounds }) {
  const [cold, warm] = [[], []];
  for (let i = 0; i < windows; i++) {
    const { ask, close } = await openWindow();
    try {
      const [first, ...others] = await ask('exploreTimes', { rounds });
      cold.push(first);
      // Engines compile what is called often: the first few are neither cold nor warm.
      warm.push(...others.slice(Math.min(5, others.length - 1)));
    } finally {
      await close();
    }
  }
  return {
    windows,
    count: warm.length,
    cold: quantile(cold, 0.5),
    median: quantile(warm, 0.5),
    p95: quantile(warm, 0.95),
  };
}
