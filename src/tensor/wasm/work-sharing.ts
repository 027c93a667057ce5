import type { KernelExports } from './kernel-exports.ts';

/** Kernels that threads share the work of; their places here are their numbers for other threads. */
export const SHARED_KERNELS = ['product', 'productFloat16', 'attend', 'weigh'] as const;

export type SharedKernel = (typeof SHARED_KERNELS)[number];

/** One call of a kernel. */
export interface KernelTask {
  readonly kernel: SharedKernel;
  readonly args: readonly number[];
}

/** What some threads do: parts in any order, each by whichever is free. What one writes no other may read or write. */
export interface Work {
  readonly parts: number;
  /** Threads that may take part, this one (0) included; no more than `threads` said. */
  readonly threads: number;
  /** Calls, in turn, of a part that a thread does. They write the same whichever thread does them, even twice. */
  calls(part: number, thread: number): readonly KernelTask[];
  /** Called in this thread once a part is done, while others may still compute. */
  done?(part: number): void;
}

/** Threads that run kernels on one memory, this one among them. */
export interface ThreadPool {
  /** Starts threads that are missing, for later. @returns how many can work now */
  ensureThreads(): number;
  /** @returns how many can work now on something short: those that sleep are woken for it only where short work keeps coming */
  threadsForShortWork(): number;
  /** Returns when all parts are done. */
  run(work: Work): void;
}

/** This thread alone. */
export function oneThread(kernels: KernelExports): ThreadPool {
  return { ensureThreads: () => 1, threadsForShortWork: () => 1, run: (work) => runAlone(kernels, work) };
}

export function runAlone(kernels: KernelExports, { parts, calls, done }: Work): void {
  for (let part = 0; part < parts; part++) {
    runTasks(kernels, calls(part, 0));
    done?.(part);
  }
}

export function runTasks(kernels: KernelExports, calls: readonly KernelTask[]): void {
  for (const { kernel, args } of calls) (kernels[kernel] as (...numbers: readonly number[]) => void)(...args);
}

/** Multiply-adds that are worth the hand-over to another thread, some 40 microseconds; and that are worth waking one for. */
const WORTH = 2 ** 20;
const WORTH_WAKING = 2 ** 22;
/** Parts for each thread: one that wakes late, or that the machine holds up, leaves the rest to others. */
const PARTS = 8;

/** How many threads share so many multiply-adds. */
export function threadsFor(pool: ThreadPool, multiplyAdds: number): number {
  if (multiplyAdds < WORTH) return 1;
  const threads = multiplyAdds < WORTH_WAKING ? pool.threadsForShortWork() : pool.ensureThreads();
  return Math.max(1, Math.min(threads, Math.floor(multiplyAdds / (WORTH / 2))));
}

/** In how many parts threads share so many multiply-adds: smaller ones cost more than they even out, as each thread reads what it computes with. */
export function partsFor(threads: number, multiplyAdds: number): number {
  return threads === 1 ? 1 : Math.max(threads, Math.min(PARTS * threads, Math.floor(multiplyAdds / (WORTH / 2))));
}

/** [from, to) for each part, in whole steps, as even as can be; fewer where there are not enough steps. */
export function evenRanges(count: number, parts: number, step = 1): (readonly [number, number])[] {
  const steps = Math.ceil(count / step);
  const most = Math.max(1, Math.min(parts, steps));
  const at = (part: number) => Math.min(count, Math.round((part * steps) / most) * step);
  return Array.from({ length: most }, (_, part) => [at(part), at(part + 1)] as const);
}

/** Numbers that all parts of a piece of work may take: kernels and their arguments. */
export const CAPACITY = 65536;

/**
 * Writes what a worker may take: how many parts, where each begins, then of each how many calls, and of a call its kernel, the
 * count of its arguments, and them.
 * @returns whether there was place for all of it
 */
export function writeWork(numbers: Float64Array, { parts, calls }: Work, thread: number): boolean {
  let at = 1 + parts;
  numbers[0] = parts;
  for (let part = 0; part < parts; part++) {
    const list = calls(part, thread);
    if (at + list.reduce((sum, { args }) => sum + 2 + args.length, 1) > CAPACITY) return false;
    numbers[1 + part] = at;
    numbers[at++] = list.length;
    for (const { kernel, args } of list) {
      numbers[at++] = SHARED_KERNELS.indexOf(kernel);
      numbers[at++] = args.length;
      for (const value of args) numbers[at++] = value;
    }
  }
  return true;
}
