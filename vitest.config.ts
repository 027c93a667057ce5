import { defineConfig } from 'vitest/config';

const SLOW = { testTimeout: 180_000, hookTimeout: 240_000, fileParallelism: false };

/** unit: no browser; browser: the panel in headless Chromium; e2e: VS Code in headless Chromium, driven as a person would. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 } },
      { test: { name: 'browser', include: ['test/browser/**/*.browser.test.ts'], ...SLOW } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.e2e.ts'], ...SLOW } },
    ],
  },
});
