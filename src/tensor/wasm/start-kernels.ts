import simd from 'kernels.wasm';
import relaxed from 'kernels-relaxed.wasm';
import { useKernels } from '../kernels.ts';
import type { WeightMemory } from '../weight-memory.ts';
import { chooseKernels } from './choose-kernels.ts';

/**
 * Lets this thread compute with the fastest kernels that its engine runs.
 * @returns where models are loaded to for them; undefined where the engine runs none
 */
export function startKernels(): WeightMemory | undefined {
  const kernels = chooseKernels({ relaxed, simd });
  useKernels(kernels);
  return kernels?.weightMemory;
}
