import { compileKernels } from '../../../../scripts/kernels/compile-kernels.mjs';
import { WorkerPool } from '../../../../src/tensor/threads/worker-pool.ts';
import { instantiateKernels, type KernelBytes, type MakePool } from '../../../../src/tensor/wasm/choose-kernels.ts';
import type { WasmKernels } from '../../../../src/tensor/wasm/wasm-kernels.ts';

// Node 20 has relaxed SIMD behind a flag; VS Code's engine and later ones have it anyway.

export const kernelBytes: KernelBytes = {
  simd: await compileKernels('simd'),
  relaxed: await compileKernels('relaxed'),
  shared: { simd: await compileKernels('simd-shared'), relaxed: await compileKernels('relaxed-shared') },
};

/** Every way to compute, by name; undefined are the plain kernels. */
export const BACKENDS: readonly (readonly [name: string, kernels: WasmKernels | undefined])[] = [
  ['TypeScript', undefined],
  ['simd', started('simd')],
  ['relaxed', started('relaxed')],
  ['simd, 2 threads', started('simd', 2)],
  ['relaxed, 3 threads', started('relaxed', 3)],
];

function started(name: WasmKernels['name'], threads = 1): WasmKernels {
  const makePool: MakePool = (...parts) => {
    const pool = new WorkerPool(...parts);
    pool.resize(threads);
    return pool;
  };
  const kernels = instantiateKernels(name, kernelBytes, threads > 1 ? { makePool } : {});
  if (kernels === undefined) throw new Error(`This engine does not run the ${name} kernels, so they can't be tested.`);
  return kernels;
}
