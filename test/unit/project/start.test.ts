import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** What the engine has to read and compile before the extension is there: all that is reached without a dynamic import. */
async function startOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path.join(root, entry)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    plugins: [
      {
        name: 'start-only',
        setup({ onResolve }) {
          onResolve({ filter: /./ }, ({ kind, path: name }) =>
            kind === 'dynamic-import' ? { path: name, external: true } : undefined,
          );
        },
      },
    ],
  });
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
}

describe('the start of the extension', () => {
  it('loads no package, and nothing that reads code or data, checks messages or writes files', async () => {
    const files = await startOf('src/extension.ts');
    expect(files).toContain('src/activate.ts');
    const later =
      /^node_modules\/|^src\/(attention|code|export|model|run|input|tensor)\/|^src\/pair\/data\/(format-detection|pair-index|json-reader)/;
    expect(files.filter((file) => later.test(file))).toEqual([]);
  });
});
