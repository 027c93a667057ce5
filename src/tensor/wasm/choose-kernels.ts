import type { Backend } from '../kernels.ts';
import type { KernelExports } from './kernel-exports.ts';
import { KernelMemory } from './kernel-memory.ts';
import { WasmBackend } from './wasm-kernels.ts';
import { alone, type Team } from './work-sharing.ts';

/** The compiled kernels (scripts/kernels/compile-kernels.mjs), by the instructions that they need; `shared` ones for a team. */
export type KernelBytes = Readonly<Record<Backend['name'], Uint8Array>> & {
  readonly shared?: Readonly<Record<Backend['name'], Uint8Array>>;
};

/** Gathers threads around a module and its shared memory. */
export type MakeTeam = (module: WebAssembly.Module, memory: WebAssembly.Memory, kernels: KernelExports) => Team;

export interface BackendOptions {
  /** Of memory, fewer for tests. */
  readonly mostPages?: number;
  /** Where several threads may compute, and memory can be shared between them. */
  readonly team?: MakeTeam;
}

/**
 * The fastest kernels that this engine runs: relaxed SIMD, plain SIMD, or undefined for the plain TypeScript ones. The modules
 * are small, so they are their own probe: one that uses an instruction the engine lacks does not validate.
 */
export function chooseBackend(bytes: KernelBytes, options: BackendOptions = {}): WasmBackend | undefined {
  return startBackend('relaxed', bytes, options) ?? startBackend('simd', bytes, options);
}

/** @returns undefined where the engine does not run these kernels */
export function startBackend(
  name: Backend['name'],
  bytes: KernelBytes,
  { mostPages, team }: BackendOptions = {},
): WasmBackend | undefined {
  const shared = team && bytes.shared && start(name, bytes.shared[name], mostPages, team);
  return shared ?? start(name, bytes[name], mostPages);
}

function start(name: Backend['name'], bytes: Uint8Array, mostPages?: number, team?: MakeTeam): WasmBackend | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  const code = bytes as Uint8Array<ArrayBuffer>;
  try {
    if (!WebAssembly.validate(code)) return undefined;
    const memory = new KernelMemory(mostPages, team !== undefined);
    const module = new WebAssembly.Module(code);
    const { exports } = new WebAssembly.Instance(module, { env: { memory: memory.memory } });
    const kernels = exports as unknown as KernelExports;
    return new WasmBackend(name, kernels, memory, team?.(module, memory.memory, kernels) ?? alone(kernels));
  } catch {
    return undefined; // Compiling may be forbidden where the page says so, or there is no memory, or none that is shared.
  }
}
