import type { Kernels } from '../kernels.ts';
import type { KernelExports } from './kernel-exports.ts';
import { KernelMemory } from './kernel-memory.ts';
import { WasmKernels } from './wasm-kernels.ts';
import { oneThread, type ThreadPool } from './work-sharing.ts';

/** The compiled kernels (scripts/kernels/compile-kernels.mjs), by the instructions that they need; `shared` ones for several threads. */
export type KernelBytes = Readonly<Record<Kernels['name'], Uint8Array>> & {
  readonly shared?: Readonly<Record<Kernels['name'], Uint8Array>>;
};

/** Makes a pool of threads for a module and its shared memory. */
export type MakePool = (module: WebAssembly.Module, memory: WebAssembly.Memory, kernels: KernelExports) => ThreadPool;

export interface KernelOptions {
  /** Of memory, fewer for tests. */
  readonly mostPages?: number;
  /** Where several threads may compute, and memory can be shared between them. */
  readonly makePool?: MakePool;
}

/**
 * The fastest kernels that this engine runs: relaxed SIMD, plain SIMD, or undefined for the plain TypeScript ones. The modules
 * are small, so they are their own probe: one that uses an instruction the engine lacks does not validate.
 */
export function chooseKernels(bytes: KernelBytes, options: KernelOptions = {}): WasmKernels | undefined {
  return instantiateKernels('relaxed', bytes, options) ?? instantiateKernels('simd', bytes, options);
}

/** @returns undefined where the engine does not run these kernels */
export function instantiateKernels(
  name: Kernels['name'],
  bytes: KernelBytes,
  { mostPages, makePool }: KernelOptions = {},
): WasmKernels | undefined {
  const shared = makePool && bytes.shared && start(name, bytes.shared[name], mostPages, makePool);
  return shared ?? start(name, bytes[name], mostPages);
}

function start(
  name: Kernels['name'],
  bytes: Uint8Array,
  mostPages?: number,
  makePool?: MakePool,
): WasmKernels | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  const code = bytes as Uint8Array<ArrayBuffer>;
  try {
    if (!WebAssembly.validate(code)) return undefined;
    const memory = new KernelMemory(mostPages, makePool !== undefined);
    const module = new WebAssembly.Module(code);
    const { exports } = new WebAssembly.Instance(module, { env: { memory: memory.memory } });
    const kernels = exports as unknown as KernelExports;
    return new WasmKernels(name, kernels, memory, makePool?.(module, memory.memory, kernels) ?? oneThread(kernels));
  } catch {
    return undefined; // Compiling may be forbidden where the page says so, or there is no memory, or none that is shared.
  }
}
