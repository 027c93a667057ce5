import { setFlagsFromString } from 'node:v8';
import { compileKernels } from '../../../scripts/kernels/compile-kernels.mjs';
import type { Backend } from '../../../src/tensor/backend.ts';
import { type KernelBytes, startBackend } from '../../../src/tensor/kernels/choose-backend.ts';

// Node 20 has relaxed SIMD behind a flag; VS Code's engine and later ones have it anyway.
setFlagsFromString('--experimental-wasm-relaxed-simd');

export const kernelBytes: KernelBytes = {
  simd: await compileKernels('simd'),
  relaxed: await compileKernels('relaxed'),
};

/** Every way to compute, by name; undefined are the plain kernels. */
export const BACKENDS: readonly (readonly [name: string, backend: Backend | undefined])[] = [
  ['TypeScript', undefined],
  ['simd', started('simd')],
  ['relaxed', started('relaxed')],
];

function started(name: Backend['name']): Backend {
  const backend = startBackend(name, kernelBytes);
  if (backend === undefined) throw new Error(`This engine does not run the ${name} kernels, so they can't be tested.`);
  return backend;
}
