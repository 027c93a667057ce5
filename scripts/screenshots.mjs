#!/usr/bin/env node
// npm run screenshots: takes the README's pictures in the real VS Code, into media/screenshots/.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { build } from './build.mjs';
import { ensureChromium } from './host/chromium.mjs';
import { installHost } from './host/install-host.mjs';
import { root } from './host/paths.mjs';

process.env.CHROME_BIN = ensureChromium();
installHost();
await build({ production: true });
const outfile = path.join(root, 'dist/test/screenshots.mjs');
await bundle({
  entryPoints: [path.join(root, 'test/e2e/screenshots.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  external: ['../../scripts/*'], // dist/test lies as deep as test/e2e
});
await import(pathToFileURL(outfile).href);
