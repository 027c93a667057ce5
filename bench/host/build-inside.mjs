import path from 'node:path';
import * as esbuild from 'esbuild';
import { build } from '../../scripts/build.mjs';
import { ensureChromium } from '../../scripts/host/chromium.mjs';
import { installHost } from '../../scripts/host/install-host.mjs';
import { root } from '../../scripts/host/paths.mjs';

/** Builds the extension as it is shipped, and what measures it from inside; with BENCH_READABLE stacks have names. */
export async function buildInside() {
  process.env.CHROME_BIN = ensureChromium();
  installHost();
  await build({
    production: !process.env.BENCH_READABLE,
    only: ['extension', 'worker', 'webview', 'standalone'],
  });
  await esbuild.build({
    entryPoints: {
      'bench-inside': path.join(root, 'bench/host/inside/run.ts'),
      'bench-watch': path.join(root, 'bench/host/inside/watch.ts'),
    },
    outdir: path.join(root, 'dist/tmp'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
  });
}
