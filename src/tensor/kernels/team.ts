import type { KernelExports } from './kernel-exports.ts';

/** Kernels that threads share the work of; their places here are their numbers for other threads. */
export const SHARED_KERNELS = ['product', 'productHalves', 'attend', 'weigh'] as const;

export type SharedKernel = (typeof SHARED_KERNELS)[number];

/** One call of a kernel. */
export interface KernelCall {
  readonly kernel: SharedKernel;
  readonly args: readonly number[];
}

/** Threads that run kernels on one memory, this one among them. */
export interface Team {
  /** How many can work now; asking may start others that can work later. */
  readonly threads: number;
  /**
   * Does all shares side by side, the first in this thread; returns when all are done. What one writes no other may read
   * or write.
   * @param shares calls in turn; no more shares than `threads` said
   */
  run(shares: readonly (readonly KernelCall[])[]): void;
}

/** This thread alone. */
export function alone(kernels: KernelExports): Team {
  return {
    threads: 1,
    run(shares) {
      for (const share of shares) callAll(kernels, share);
    },
  };
}

export function callAll(kernels: KernelExports, share: readonly KernelCall[]): void {
  for (const { kernel, args } of share) (kernels[kernel] as (...numbers: readonly number[]) => void)(...args);
}

/** Multiply-adds that are worth the hand-over to another thread, which may have to be woken: some 400 microseconds. */
const WORTH = 2 ** 23;

/** How many threads share a product of so many multiply-adds. */
export function threadsFor(team: Team, multiplyAdds: number): number {
  if (multiplyAdds < WORTH) return 1;
  return Math.max(1, Math.min(team.threads, Math.floor(multiplyAdds / (WORTH / 2))));
}

/** [from, to) for each thread, in whole steps, as even as can be; fewer where there are not enough steps. */
export function evenRanges(count: number, threads: number, step = 1): (readonly [number, number])[] {
  const steps = Math.ceil(count / step);
  const parts = Math.max(1, Math.min(threads, steps));
  const at = (part: number) => Math.min(count, Math.round((part * steps) / parts) * step);
  return Array.from({ length: parts }, (_, part) => [at(part), at(part + 1)] as const);
}
