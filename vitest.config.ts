import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const JPEG = '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';

/** The bytes of the JPEG decoder's module, as scripts/kernels/kernels-plugin.mjs puts them into a bundle. */
const jpegPlugin = {
  name: 'jpeg',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === JPEG ? `\0${JPEG}` : undefined),
  load(id: string) {
    if (id !== `\0${JPEG}`) return undefined;
    const file = createRequire(import.meta.url).resolve(JPEG);
    return `import { readFileSync } from 'node:fs';\nexport default readFileSync(${JSON.stringify(file)});`;
  },
};

const SLOW = { testTimeout: 180_000, hookTimeout: 240_000, fileParallelism: false };

/** unit: no browser; browser: the panel in headless Chromium; e2e: VS Code in headless Chromium, driven as a person would. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [jpegPlugin],
        // Files that import VS Code can be loaded for the functions in them that do not use it.
        resolve: { alias: { vscode: path.resolve(import.meta.dirname, 'test/unit/vscode.ts') } },
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 },
      },
      { test: { name: 'browser', include: ['test/browser/**/*.browser.test.ts'], ...SLOW } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.e2e.ts'], ...SLOW } },
    ],
  },
});
