import { availableParallelism } from 'node:os';
import simd from 'kernels.wasm';
import relaxed from 'kernels-relaxed.wasm';
import relaxedShared from 'kernels-relaxed-shared.wasm';
import simdShared from 'kernels-shared.wasm';
import { useKernels } from '../kernels.ts';
import { chooseKernels } from '../wasm/choose-kernels.ts';
import type { WeightMemory } from '../weight-memory.ts';
import { WorkerPool } from './worker-pool.ts';

/**
 * Lets this thread of Node compute with the fastest kernels that its engine runs, and other threads help it.
 * @returns where models are loaded to for them, undefined where the engine runs none; and how to set with how many threads
 *   to compute, this one included
 */
export function startThreadedKernels(): {
  readonly memory: WeightMemory | undefined;
  readonly resize: (threads: number) => void;
} {
  let pool: WorkerPool | undefined;
  let size = 1;
  const kernels = chooseKernels(
    { relaxed, simd, shared: { relaxed: relaxedShared, simd: simdShared } },
    {
      makePool: (...parts) => {
        pool = new WorkerPool(...parts);
        pool.resize(size);
        return pool;
      },
    },
  );
  useKernels(kernels);
  const resize = (threads: number) => {
    // Threads that wait for each other take each other's time where there are fewer processors.
    size = Math.min(threads, availableParallelism());
    pool?.resize(size);
  };
  return { memory: kernels?.weightMemory, resize };
}
