import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

export interface SourceImport {
  readonly file: string;
  readonly specifier: string;
  /** The TypeScript file of the project that is meant, from the root; undefined for packages and other files. */
  readonly target?: string;
}

/** TypeScript files below a folder, from the root; AssemblyScript left out, which is another language. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((file) => file.endsWith('.ts') && !file.startsWith('src/tensor/assembly/'));
}

/** What a file imports: statically, dynamically, by `export … from`, as a type alone or for its effects. */
export function importsOf(file: string): SourceImport[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = (match[1] ?? match[2] ?? match[3])!;
    const place = path.posix.join(path.posix.dirname(file), specifier);
    const isSource = specifier.startsWith('.') && place.endsWith('.ts') && existsSync(path.join(root, place));
    return isSource ? { file, specifier, target: place } : { file, specifier };
  });
}
