// A TypeScript module of the bench or the tests, bundled and imported.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from '../scripts/host/paths.mjs';
import { kernelsPlugin } from '../scripts/kernels/kernels-plugin.mjs';

/** @param file from the project's root    @returns what it exports */
export async function importBundled(file) {
  const outfile = path.join(root, 'dist/tmp', `${path.basename(file, '.ts')}.mjs`);
  await esbuild.build({
    entryPoints: [path.join(root, file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    packages: 'external',
    plugins: [kernelsPlugin],
    logLevel: 'warning',
  });
  process.env.ATTENTION_EXPLORER_ROOT ??= root;
  return import(pathToFileURL(outfile).href);
}
