import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';

/**
 * Cuts a CommonJS bundle at its dynamic imports, which esbuild does for ES modules only: what a host needs at its start is then
 * all that the engine has to read and compile there. Each file is bundled as an ES module and then turned into CommonJS.
 *
 *   out          requires one file of the folder beside it
 *   out's folder that one file; one for each dynamic import; what several of these share
 */
export function splitPlugin({ entry, out, minify, sourcemap }) {
  const folder = out.replace(/\.cjs$/, '');
  return {
    name: 'split',
    setup(build) {
      Object.assign(build.initialOptions, {
        outfile: undefined,
        outdir: path.dirname(out),
        entryNames: '[name]',
        chunkNames: `${path.basename(folder)}/[name]-[hash]`,
        outExtension: { '.js': '.cjs' },
        format: 'esm',
        splitting: true,
        write: false,
        sourcemap: sourcemap && 'inline',
      });
      build.onResolve({ filter: /\.ts$/ }, ({ kind, resolveDir, path: name }) => {
        if (kind === 'dynamic-import') return { path: path.join(resolveDir, name), pluginData: LATER };
      });
      // Who comes later has everything that the start has: so esbuild keeps that in one file and not in one for each sharing.
      build.onLoad({ filter: /\.ts$/ }, async ({ path: file, pluginData }) => {
        if (pluginData !== LATER) return undefined;
        const contents = `${await readFile(file, 'utf8')}\nimport ${JSON.stringify(entry)};\n`;
        return { contents, loader: 'ts', resolveDir: path.dirname(file) };
      });
      build.onEnd(async ({ outputFiles = [] }) => {
        const files = await Promise.all(outputFiles.map((file) => commonJs(file, { minify, sourcemap })));
        mkdirSync(folder, { recursive: true });
        for (const { path: file, code } of files) writeFileSync(file, code);
        // The names tell what is in them, so those of earlier builds stay. A window that is open still asks for them.
        for (const name of readdirSync(folder)) {
          const file = path.join(folder, name);
          if (Date.now() - statSync(file).mtimeMs > KEPT) rmSync(file, { force: true });
        }
      });
    },
  };
}

const LATER = 'later';
/** Milliseconds that files of an earlier build are kept. */
const KEPT = 3_600_000;

/** `import()` becomes a `require` too: VS Code gives its own module to those who ask for it that way. */
async function commonJs({ path: file, text }, { minify, sourcemap }) {
  const { code } = await esbuild.transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    supported: { 'dynamic-import': false },
    minify,
    sourcemap: sourcemap && 'inline',
    sourcefile: file,
    legalComments: 'none',
  });
  return { path: file, code };
}
