import { quantile } from './quantile.mjs';
import { traced } from './trace.mjs';
import { openWindow } from './window.mjs';

/** Milliseconds between two keys: a fast typist's twelve a second. */
const PACE = 80;
const KEYS = 'abcdefghijklmnopqrstuvwxyz';

/** Where is typed: a text with an explored pair in it, and the largest of the data files, with lenses. */
const PLACES = [
  { name: 'a text of 200 lines', large: undefined },
  { name: '100,000 pairs as JSONL', large: 'large.jsonl' },
  { name: '100,000 pairs as JSON', large: 'large.json' },
];

/** Types in two windows by turns, one with the extension and an exploration open, one without it. */
export async function measureTyping({ rounds, keys }) {
  const windows = { with: await openWindow({ extension: 'watched' }) };
  try {
    windows.without = await openWindow({ extension: 'none' });
    const places = [];
    for (const { name, large } of PLACES) {
      const seen = { with: [], without: [] };
      const handled = [];
      for (const [which, { page, ask }] of Object.entries(windows)) {
        await ask('prepareTyping', { large, explored: which === 'with' });
        await page.locator('.editor-instance .view-line').first().waitFor();
        await type(page, keys); // What is drawn the first time is compiled the first time.
      }
      await windows.with.ask('takeHandled');
      for (let round = 0; round < rounds; round++) {
        for (const [which, { page }] of Object.entries(windows)) {
          seen[which].push(...(await traced(page, () => type(page, keys))).keys);
        }
      }
      handled.push(...(await windows.with.ask('takeHandled')));
      for (const { ask } of Object.values(windows)) await ask('untype');
      places.push({ name, ...summary(seen, handled) });
    }
    return { rounds, keys, places };
  } finally {
    for (const window of Object.values(windows)) await window.close();
  }
}

async function type(page, keys) {
  for (let i = 0; i < keys; i++) {
    await page.keyboard.press(KEYS[i % KEYS.length]);
    await new Promise((resolve) => setTimeout(resolve, PACE));
  }
}

function summary(seen, handled) {
  const told = handled.filter(({ name }) => /onDidChangeText|provideCodeLenses|provideHover/.test(name));
  const sum = told.reduce((all, { milliseconds }) => all + milliseconds, 0);
  const of = (which, field, share) => quantile(seen[which].map((key) => key[field]).filter(Boolean), share);
  return {
    count: seen.with.length,
    /** Milliseconds that our listeners and providers took of the extension host for a key, and the longest call. */
    handlers: sum / seen.with.length,
    longest: Math.max(0, ...told.map(({ milliseconds }) => milliseconds)),
    painted: { with: of('with', 'painted', 0.5), without: of('without', 'painted', 0.5) },
    paintedLate: { with: of('with', 'painted', 0.95), without: of('without', 'painted', 0.95) },
    computed: { with: of('with', 'computed', 0.5), without: of('without', 'computed', 0.5) },
  };
}
