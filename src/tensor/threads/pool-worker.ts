import type { SharedKernel } from '../wasm/work-sharing.ts';

/** What the slot of a worker in the control array says. */
export const SLOT_STATES = {
  /** Set by the pool: the thread starts. */
  STARTING: 0,
  /** Set by the worker: it looks for work. */
  IDLE: 1,
  /** Set by the worker: it sleeps until there is work. */
  ASLEEP: 2,
  /** Set by the pool: there is work. */
  WORKING: 3,
  /** Set by the worker: it has seen the work. */
  BUSY: 4,
  /** Set by either: the worker has failed or ended. */
  LOST: 5,
} as const;

/** What a worker is started with. All arrays are shared with the pool. */
export interface PoolWorkerData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Slots of all workers, and at `next` the number of the next part that nobody has taken. */
  readonly control: Int32Array;
  readonly slot: number;
  readonly next: number;
  /** Set to 1 for each part that is done. */
  readonly done: Int32Array;
  /** The calls of each part, as `writeWork` leaves them. */
  readonly numbers: Float64Array;
  /** Names of the kernels by their numbers in `numbers`. */
  readonly kernels: readonly SharedKernel[];
  readonly states: typeof SLOT_STATES;
}

/**
 * The program of a pool's worker: it does the parts that it takes, whenever the pool says that there is work. It blocks
 * between calls, so it hears of nothing but its slot, and only the process can end it.
 *
 * It runs from its source text (POOL_WORKER), so that it needs no file of its own in any bundle: everything that it uses must
 * stand within it or come with its data.
 */
function poolWorker(data: PoolWorkerData): void {
  const { module, memory, control, done, numbers, slot, next, kernels, states } = data;
  const { IDLE, ASLEEP, WORKING, BUSY, LOST } = states;
  // Looks for work before it sleeps: about a millisecond. Waking a thread takes a tenth of it or, in a sandbox, as long;
  // between the products of a layer there is less.
  const SPINS = 100_000;
  const set = (state: number) => {
    Atomics.store(control, slot, state);
    Atomics.notify(control, slot);
  };
  const wait = () => {
    for (let spin = 0; ; ) {
      const state = Atomics.load(control, slot);
      if (state === WORKING && Atomics.compareExchange(control, slot, WORKING, BUSY) === WORKING) {
        if (spin === 0) Atomics.notify(control, slot);
        return;
      }
      if (++spin <= SPINS) continue;
      if (Atomics.compareExchange(control, slot, IDLE, ASLEEP) === IDLE) Atomics.wait(control, slot, ASLEEP);
      spin = 0;
    }
  };
  const work = (called: readonly ((...args: number[]) => void)[]) => {
    for (;;) {
      const part = Atomics.add(control, next, 1);
      if (part >= numbers[0]) return;
      let at = numbers[1 + part];
      for (let left = numbers[at++]; left > 0; left--) {
        const end = at + 2 + numbers[at + 1];
        called[numbers[at]](...numbers.subarray(at + 2, end));
        at = end;
      }
      Atomics.store(done, part, 1);
    }
  };
  try {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const called = kernels.map((name) => exports[name] as (...args: number[]) => void);
    set(IDLE);
    for (;;) {
      wait();
      work(called);
      set(IDLE);
    }
  } catch {
    set(LOST);
  }
}

/** The program as text, for `new Worker(…, { eval: true })`. */
export const POOL_WORKER = `(${poolWorker})(require('node:worker_threads').workerData);`;
