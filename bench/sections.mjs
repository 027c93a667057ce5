/**
 * What `npm run bench` measures, in the report's order: name → module with `measure()` → a result that JSON can hold,
 * `section(result)` → Markdown with its own heading (or below `title`), and `goals(result)` (or one in goals.mjs) → [{goal, reached, seen, why?}]
 * (reached is undefined where nothing was measured).
 */
export const SECTIONS = {
  kernels: () => import('./kernels.mjs'),
  load: () => import('./load/load.mjs'),
  long: () => import('./long/long.mjs'),
  pan: () => import('./pan/pan.mjs'),
  panel: () => import('./panel/panel.mjs'),
  host: () => import('./host/host.mjs'),
};
