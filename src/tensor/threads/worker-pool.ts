import { Worker } from 'node:worker_threads';
import type { KernelExports } from '../wasm/kernel-exports.ts';
import {
  CAPACITY,
  runAlone,
  runTasks,
  SHARED_KERNELS,
  type ThreadPool,
  type Work,
  writeWork,
} from '../wasm/work-sharing.ts';
import { POOL_WORKER, type PoolWorkerData, SLOT_STATES } from './pool-worker.ts';

const { STARTING, IDLE, ASLEEP, WORKING, LOST } = SLOT_STATES;
/** Int32s from the slot of one worker to the next: a cache line, so that threads don't wait for each other's. */
const STRIDE = 16;
const MOST_PARTS = 4096;
/** Most workers: each has scratch for a tile of its own in the kernels' memory (kernel-memory.ts). */
const MOST_WORKERS = 7;
/** Looks for the last results before this thread sleeps: about a millisecond. */
const SPINS = 100_000;
/** One of so many short pieces of work wakes the workers that sleep: the next ones find them awake. */
const WAKE_EVERY = 64;
/** Milliseconds that a worker is given to wake. */
const WAKING = 0.3;
/** Milliseconds after which a worker that does not answer counts as lost: the longest part takes a hundredth of it. */
const PATIENCE = 120_000;

interface PoolThread {
  readonly worker: Worker;
  readonly slot: number;
  readonly numbers: Float64Array;
}

/**
 * Worker threads of Node over one shared memory of kernels: started when there is first enough to do, then kept. Work goes
 * from thread to thread by shared numbers, without messages: whichever is free takes the next part. The pool computes without
 * a worker that is lost, or that wakes too late.
 */
export class WorkerPool implements ThreadPool {
  /** A slot of each worker, then the number of the next part that nobody has taken. */
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * STRIDE * (MOST_WORKERS + 1)));
  readonly #next = STRIDE * MOST_WORKERS;
  /** 1 for each part that is done. */
  readonly #done = new Int32Array(new SharedArrayBuffer(4 * MOST_PARTS));
  #workers: PoolThread[] = [];
  /** Threads to compute with, this one included. */
  #size = 1;
  #slots = 0;
  /** Short pieces of work that came while a worker slept. */
  #missed = 0;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    private readonly kernels: KernelExports,
  ) {}

  /** Sets with how many threads to compute, this one included; those that are too many stay asleep. */
  resize(threads: number): void {
    this.#size = Math.max(1, Math.min(1 + MOST_WORKERS, Math.floor(threads)));
  }

  ensureThreads(): number {
    while (this.#workers.length < this.#size - 1 && this.#slots < MOST_WORKERS) this.#start();
    return 1 + this.#ready(IDLE, ASLEEP).length;
  }

  threadsForShortWork(): number {
    const awake = 1 + this.#ready(IDLE).length;
    if (awake === this.#size || ++this.#missed % WAKE_EVERY > 0) return awake;
    return 1 + this.#ready(IDLE, ASLEEP).length;
  }

  run(work: Work): void {
    const { parts, threads, calls, done } = work;
    const ready = parts === 1 || parts > MOST_PARTS ? [] : this.#ready(IDLE, ASLEEP).slice(0, threads - 1);
    const workers = ready.filter((one, i) => writeWork(one.numbers, work, i + 1));
    if (workers.length === 0) {
      runAlone(this.kernels, work);
      return;
    }
    this.#done.fill(0, 0, parts);
    Atomics.store(this.#control, this.#next, 0);
    this.#wake(workers);
    const reported = new Uint8Array(parts);
    const report = () => {
      for (let part = 0; done !== undefined && part < parts; part++) {
        if (reported[part] === 1 || Atomics.load(this.#done, part) === 0) continue;
        reported[part] = 1;
        done(part);
      }
    };
    const compute = (part: number) => {
      runTasks(this.kernels, calls(part, 0));
      Atomics.store(this.#done, part, 1);
      report();
    };
    try {
      for (let part = this.#take(); part < parts; part = this.#take()) compute(part);
    } finally {
      // Nothing goes on in the scratch after this, whatever has happened here.
      Atomics.store(this.#control, this.#next, parts);
      for (const one of workers) this.#await(one, report);
    }
    // What a worker took and was lost with.
    for (let part = 0; part < parts; part++) if (Atomics.load(this.#done, part) === 0) compute(part);
    report();
  }

  /** Ends the workers. */
  dispose(): void {
    for (const { worker } of this.#workers) void worker.terminate();
    this.#workers = [];
    this.#size = 1;
  }

  /**
   * A worker that sleeps may be woken on this thread's processor, and would not run there until this thread rests: so it does,
   * and is itself woken on another.
   */
  #wake(workers: readonly PoolThread[]): void {
    const woken = workers.filter(({ slot }) => Atomics.exchange(this.#control, slot, WORKING) === ASLEEP);
    for (const { slot } of woken) Atomics.notify(this.#control, slot);
    for (const { slot } of woken) Atomics.wait(this.#control, slot, WORKING, WAKING);
  }

  #take(): number {
    return Atomics.add(this.#control, this.#next, 1);
  }

  #ready(...states: readonly number[]): PoolThread[] {
    const inUse = this.#workers.slice(0, this.#size - 1);
    return inUse.filter(({ slot }) => states.includes(Atomics.load(this.#control, slot)));
  }

  #start(): void {
    const slot = STRIDE * this.#slots++;
    const numbers = new Float64Array(new SharedArrayBuffer(8 * CAPACITY));
    Atomics.store(this.#control, slot, STARTING);
    const workerData: PoolWorkerData = {
      module: this.module,
      memory: this.memory,
      control: this.#control,
      slot,
      next: this.#next,
      done: this.#done,
      numbers,
      kernels: SHARED_KERNELS,
      states: SLOT_STATES,
    };
    const worker = new Worker(POOL_WORKER, { eval: true, workerData, name: 'attention-kernels' });
    const one = { worker, slot, numbers };
    const lose = () => this.#lose(one);
    worker.on('error', lose);
    worker.on('exit', lose);
    // It never ends by itself.
    worker.unref();
    this.#workers.push(one);
  }

  #lose(lost: PoolThread): void {
    Atomics.store(this.#control, lost.slot, LOST);
    this.#workers = this.#workers.filter((one) => one !== lost);
  }

  /** Returns when the worker computes nothing any more. @param meanwhile called while it does */
  #await(one: PoolThread, meanwhile: () => void): void {
    const { slot, worker } = one;
    // Work that it has not seen yet, since it wakes late, is done: it goes on as if it had been woken for nothing.
    if (Atomics.compareExchange(this.#control, slot, WORKING, IDLE) === WORKING) return;
    const busy = () => {
      const state = Atomics.load(this.#control, slot);
      return state !== IDLE && state !== ASLEEP && state !== LOST;
    };
    for (let spin = 0; busy(); ) {
      if (++spin % 64 === 0) meanwhile();
      if (spin <= SPINS) continue;
      const state = Atomics.load(this.#control, slot);
      if (!busy() || Atomics.wait(this.#control, slot, state, PATIENCE) !== 'timed-out') continue;
      void worker.terminate();
      this.#lose(one);
      // It may still be writing: nothing in the scratch can be trusted, and no other thread may do its part meanwhile.
      throw new Error('A thread that computes did not answer.');
    }
    if (Atomics.load(this.#control, slot) === LOST) this.#lose(one);
  }
}
