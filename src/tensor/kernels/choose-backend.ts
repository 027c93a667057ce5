import type { Backend } from '../backend.ts';
import type { KernelExports } from './kernel-exports.ts';
import { KernelMemory } from './kernel-memory.ts';
import { WasmBackend } from './wasm-backend.ts';

/** The compiled kernels (scripts/kernels/compile-kernels.mjs), by the instructions that they need. */
export type KernelBytes = Readonly<Record<Backend['name'], Uint8Array>>;

/**
 * The fastest kernels that this engine runs: relaxed SIMD, plain SIMD, or undefined for the plain TypeScript ones. The modules
 * are small, so they are their own probe: one that uses an instruction the engine lacks does not validate.
 */
export function chooseBackend(bytes: KernelBytes): WasmBackend | undefined {
  return startBackend('relaxed', bytes) ?? startBackend('simd', bytes);
}

/** @param mostPages of memory, fewer for tests    @returns undefined where the engine does not run these kernels */
export function startBackend(name: Backend['name'], bytes: KernelBytes, mostPages?: number): WasmBackend | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  const code = bytes[name] as Uint8Array<ArrayBuffer>;
  try {
    if (!WebAssembly.validate(code)) return undefined;
    const memory = new KernelMemory(mostPages);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory: memory.memory } });
    return new WasmBackend(name, exports as unknown as KernelExports, memory);
  } catch {
    return undefined; // Compiling may be forbidden where the page says so, or there is no memory.
  }
}
