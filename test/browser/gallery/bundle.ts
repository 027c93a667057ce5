import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

export const root =
  process.env.ATTENTION_EXPLORER_ROOT ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** @returns script and style sheet of an entry, as they are shipped */
export async function build(entry: string): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(root, entry)],
    absWorkingDir: root,
    outdir: path.join(root, 'dist'),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    tsconfig: path.join(root, 'tsconfig.json'),
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const text = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

/** @returns the panel's script and style sheet, and the script that stands in for VS Code */
export async function bundle(): Promise<{ readonly script: string; readonly style: string; readonly page: string }> {
  const panel = await build('webview/main.ts');
  return { ...panel, page: (await build('test/browser/gallery/page-script.ts')).script };
}

/** The source of a file of the project, for what has to be served as it is. */
export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
