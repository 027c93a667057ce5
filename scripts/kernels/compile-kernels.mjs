import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../host/paths.mjs';
import { tilesSource } from './tiles.mjs';

const SOURCES = path.join(root, 'src/tensor/assembly');
const GENERATED = 'tiles.ts';
/** Pages of 64 KiB: 2 GiB at most. */
const MAXIMUM_PAGES = 32768;

/** Instruction set → its file in dist/, and what the compiler may use. */
export const KERNELS = {
  simd: { file: 'kernels.wasm', features: ['simd'] },
  relaxed: { file: 'kernels-relaxed.wasm', features: ['simd', 'relaxed-simd'] },
  // The same over a memory that several threads compute in.
  'simd-shared': { file: 'kernels-shared.wasm', features: ['simd', 'threads'] },
  'relaxed-shared': { file: 'kernels-relaxed-shared.wasm', features: ['simd', 'relaxed-simd', 'threads'] },
};

/**
 * The kernels as WebAssembly, compiled where the sources are newer than what lies in dist/.
 * @param set a name of KERNELS
 * @returns the module's bytes
 * @throws Error with the compiler's own text
 */
export async function compileKernels(set) {
  const file = path.join(root, 'dist', KERNELS[set].file);
  if (!existsSync(file) || statSync(file).mtimeMs < newest()) {
    const bytes = await compile(KERNELS[set].features);
    mkdirSync(path.dirname(file), { recursive: true });
    // Several tests may compile at once: nobody reads half a file.
    writeFileSync(`${file}.${process.pid}`, bytes);
    renameSync(`${file}.${process.pid}`, file);
  }
  return readFileSync(file);
}

async function compile(features) {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const flags = ['exports.ts', '-o', 'kernels.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--importMemory'];
  flags.push('--initialMemory', '1', '--maximumMemory', String(MAXIMUM_PAGES));
  if (features.includes('threads')) flags.push('--sharedMemory');
  const { error, stderr } = await asc.main([...flags, ...features.flatMap((one) => ['--enable', one])], {
    readFile: (name) => (name === GENERATED ? plainImports(tilesSource()) : read(path.join(SOURCES, name))),
    writeFile: (_, content) => void (binary = content),
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`The kernels don't compile: ${stderr.toString() || error?.message}`);
  return binary;
}

/** Imports name their file, .ts and all, as everywhere in the house; the compiler puts the .ts there itself. */
function read(file) {
  return existsSync(file) ? plainImports(readFileSync(file, 'utf8')) : null;
}

function plainImports(text) {
  return text.replaceAll(/from '(\.\/[\w-]+)\.ts'/g, "from '$1'");
}

/** When the sources, or what writes and compiles them, last changed. */
function newest() {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const files = [SOURCES, here].flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)));
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}
