import { compileKernels } from '../../../../scripts/kernels/compile-kernels.mjs';
import type { Backend } from '../../../../src/tensor/kernels.ts';
import { WorkerTeam } from '../../../../src/tensor/threads/worker-pool.ts';
import { type KernelBytes, type MakeTeam, startBackend } from '../../../../src/tensor/wasm/choose-kernels.ts';

// Node 20 has relaxed SIMD behind a flag; VS Code's engine and later ones have it anyway.

export const kernelBytes: KernelBytes = {
  simd: await compileKernels('simd'),
  relaxed: await compileKernels('relaxed'),
  shared: { simd: await compileKernels('simd-shared'), relaxed: await compileKernels('relaxed-shared') },
};

/** Every way to compute, by name; undefined are the plain kernels. */
export const BACKENDS: readonly (readonly [name: string, backend: Backend | undefined])[] = [
  ['TypeScript', undefined],
  ['simd', started('simd')],
  ['relaxed', started('relaxed')],
  ['simd, 2 threads', started('simd', 2)],
  ['relaxed, 3 threads', started('relaxed', 3)],
];

function started(name: Backend['name'], threads = 1): Backend {
  const team: MakeTeam = (...parts) => {
    const made = new WorkerTeam(...parts);
    made.want(threads);
    return made;
  };
  const backend = startBackend(name, kernelBytes, threads > 1 ? { team } : {});
  if (backend === undefined) throw new Error(`This engine does not run the ${name} kernels, so they can't be tested.`);
  return backend;
}
