import { availableParallelism } from 'node:os';
import simd from 'kernels.wasm';
import relaxed from 'kernels-relaxed.wasm';
import relaxedShared from 'kernels-relaxed-shared.wasm';
import simdShared from 'kernels-shared.wasm';
import { useBackend } from '../kernels.ts';
import { chooseBackend } from '../wasm/choose-kernels.ts';
import { WorkerTeam } from './worker-pool.ts';

/**
 * Lets this thread of Node compute with the fastest kernels that its engine runs, and others help it.
 * @returns sets with how many threads to compute, this one included
 */
export function startWorkerKernels(): (threads: number) => void {
  let team: WorkerTeam | undefined;
  let wanted = 1;
  const backend = chooseBackend(
    { relaxed, simd, shared: { relaxed: relaxedShared, simd: simdShared } },
    {
      team: (...parts) => {
        team = new WorkerTeam(...parts);
        team.want(wanted);
        return team;
      },
    },
  );
  useBackend(backend);
  return (threads) => {
    // Threads that wait for each other take each other's time where there are fewer processors.
    wanted = Math.min(threads, availableParallelism());
    team?.want(wanted);
  };
}
