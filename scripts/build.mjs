#!/usr/bin/env node
// Builds dist/ with esbuild.   build.mjs [--production] [--clean] [--watch] [--only=name,name]
// --clean: nothing of an earlier build is left, which a package would take along.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from './host/paths.mjs';
import { kernelsPlugin } from './kernels/kernels-plugin.mjs';
import { writeBundles } from './l10n/merge-bundle.mjs';
import { splitPlugin } from './split-plugin.mjs';
import { bundledPackages, noticesText } from './third-party-notices.mjs';

// ES modules where a package has them: what is bundled as UMD would look for its own files at run time.
const node = { platform: 'node', format: 'cjs', target: 'node22', mainFields: ['module', 'main'] };
/** What a browser runs may import nothing of Node: esbuild says so. */
const browser = { platform: 'browser', target: 'es2022' };
/** A bundle for each file of integration tests, found by its name, and one for what runs them. */
const INTEGRATION = 'test/integration';
const integrationTests = readdirSync(path.join(root, INTEGRATION), { recursive: true })
  .filter((name) => name.endsWith('.integration.test.ts'))
  .map((name) => path.posix.join(INTEGRATION, name.split(path.sep).join('/')));
const BUNDLED_MODEL_FILES = JSON.stringify(readdirSync(path.join(root, 'models/en-zh')));

/**
 * Name → where it comes from and what is particular about it; `split`: what is imported dynamically is in files of its own. Of
 * several files each is a bundle, at the same place below `out` as it has below `base`.
 */
const ENTRIES = {
  extension: { in: 'src/extension.ts', out: 'extension.cjs', split: true, ...node, external: ['vscode'] },
  worker: { in: 'src/engine/worker/worker-main.ts', out: 'worker.cjs', ...node },
  attend: { in: 'src/cli/attend.ts', out: 'attend.mjs', ...node, format: 'esm' },
  'extension-web': {
    in: 'src/extension-web.ts',
    out: 'extension-web.cjs',
    ...browser,
    format: 'cjs',
    external: ['vscode'],
    define: { BUNDLED_MODEL_FILES },
  },
  'worker-web': { in: 'src/engine/worker/worker-main-web.ts', out: 'worker-web.js', ...browser, format: 'iife' },
  webview: { in: 'webview/main.ts', out: 'webview.js', ...browser, format: 'esm' },
  standalone: { in: 'webview/standalone/standalone-main.ts', out: 'standalone.js', ...browser, format: 'esm' },
  integration: {
    in: [`${INTEGRATION}/index.ts`, ...integrationTests],
    base: INTEGRATION,
    out: INTEGRATION,
    ...node,
    external: ['vscode', 'mocha'],
  },
};

/** What goes into the VSIX; minified under --production. */
export const PRODUCT = ['extension', 'worker', 'extension-web', 'worker-web', 'webview', 'standalone'];

function options(name, production) {
  const { in: files, base, out: place, split, define, ...rest } = ENTRIES[name];
  const entryPoints = [files].flat().map((file) => path.join(root, file));
  const out = path.join(root, 'dist', place);
  const minify = production && PRODUCT.includes(name);
  return {
    ...rest,
    entryPoints,
    ...(base ? { outdir: out, outbase: base, outExtension: { '.js': '.cjs' } } : { outfile: out }),
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    minify,
    sourcemap: production ? false : 'linked',
    define: {
      'process.env.NODE_ENV': production ? '"production"' : '"development"',
      // What packages ask of Node's process, a browser answers with nothing.
      ...(rest.platform === 'browser' && { process: 'undefined' }),
      ...define,
    },
    plugins: [
      kernelsPlugin,
      ...(split ? [splitPlugin({ entry: entryPoints[0], out, minify, sourcemap: !production })] : []),
    ],
    loader: { '.css': 'css', '.svg': 'text' },
    legalComments: 'none',
    logLevel: 'warning',
  };
}

/**
 * Builds the named entries, and the bundles of every language; with all of the product, the notices of the packages in it, too.
 * @throws when an entry's file is missing or does not compile, or two parts of a language contradict each other
 */
export async function build({ production = false, only = Object.keys(ENTRIES) } = {}) {
  const missing = only.filter((name) => ![ENTRIES[name].in].flat().every((file) => existsSync(path.join(root, file))));
  if (missing.length) {
    const files = missing.map((name) => `${name} (${ENTRIES[name].in})`).join(', ');
    throw new Error(`Nothing to build for ${files}: the file does not exist. Build the others with --only=name.`);
  }
  writeBundles();
  // A test that is gone is not run again.
  if (only.includes('integration')) rmSync(path.join(root, 'dist', INTEGRATION), { recursive: true, force: true });
  const built = await Promise.all(only.map(async (name) => [name, await esbuild.build(options(name, production))]));
  if (!PRODUCT.every((name) => only.includes(name))) return;
  const metafiles = built.filter(([name]) => PRODUCT.includes(name)).map(([, { metafile }]) => metafile);
  writeFileSync(path.join(root, 'dist', 'ThirdPartyNotices.txt'), noticesText(bundledPackages(metafiles, root)));
}

async function watch(only) {
  writeBundles();
  for (const name of only) await (await esbuild.context({ ...bundleOptions(name), logLevel: 'info' })).watch();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flag = process.argv.find((argument) => argument.startsWith('--only='));
  const only = flag ? flag.slice('--only='.length).split(',') : Object.keys(ENTRIES);
  const unknown = only.filter((name) => !ENTRIES[name]);
  try {
    if (unknown.length) throw new Error(`No entry named ${unknown}; there are ${Object.keys(ENTRIES).join(', ')}.`);
    if (process.argv.includes('--clean')) rmSync(path.join(root, 'dist'), { recursive: true, force: true });
    if (process.argv.includes('--watch')) await watch(only);
    else await build({ production: process.argv.includes('--production'), only });
  } catch (error) {
    if (!error.errors) console.error(error.message); // esbuild has already told its own
    process.exitCode = 1;
  }
}
