import path from 'node:path';
import { defineConfig } from 'vitest/config';

const SLOW = { testTimeout: 180_000, hookTimeout: 240_000, fileParallelism: false };

/** unit: no browser; browser: the panel in headless Chromium; e2e: VS Code in headless Chromium, driven as a person would. */
export default defineConfig({
  test: {
    projects: [
      {
        // Files that import VS Code can be loaded for the functions in them that do not use it.
        resolve: { alias: { vscode: path.resolve(import.meta.dirname, 'test/unit/vscode.ts') } },
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 },
      },
      { test: { name: 'browser', include: ['test/browser/**/*.browser.test.ts'], ...SLOW } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.e2e.ts'], ...SLOW } },
    ],
  },
});
