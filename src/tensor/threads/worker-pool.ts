import { Worker } from 'node:worker_threads';
import type { KernelExports } from '../wasm/kernel-exports.ts';
import { CAPACITY, callAll, runAlone, SHARED_KERNELS, type Team, type Work, writeWork } from '../wasm/work-sharing.ts';
import { HELPER, IDLE, LOST, STARTING, WAITED_FOR, WORKING } from './pool-worker.ts';

/** Int32s from one helper's slot to the next: a cache line, so that threads don't wait for each other's. */
const STRIDE = 16;
const MOST_PARTS = 4096;
/** Most helpers: each has room for a tile of its own in the kernels' memory (kernel-memory.ts). */
const MOST_HELPERS = 7;
/** Looks for the last results before the leader sleeps: about a millisecond. */
const SPINS = 100_000;
/** Every so manyth short piece of work wakes who sleeps: the next ones find them awake. */
const STREAM = 64;
/** Milliseconds that a helper is given to wake. */
const WAKING = 0.3;
/** Milliseconds after which a helper that does not answer counts as lost: the longest part takes a hundredth of it. */
const PATIENCE = 120_000;

interface Helper {
  readonly worker: Worker;
  readonly slot: number;
  readonly numbers: Float64Array;
}

/**
 * A team of worker threads over one shared memory of kernels: started when there is first enough to do, then kept. Work
 * goes from thread to thread by shared numbers, without messages: whoever is free takes the next part. One that is lost, or
 * wakes too late, is done without.
 */
export class WorkerTeam implements Team {
  /** A slot of each helper, then the number of the next part that nobody has taken. */
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * STRIDE * (MOST_HELPERS + 1)));
  readonly #next = STRIDE * MOST_HELPERS;
  /** 1 for each part that is done. */
  readonly #done = new Int32Array(new SharedArrayBuffer(4 * MOST_PARTS));
  #helpers: Helper[] = [];
  #wanted = 1;
  #slots = 0;
  /** Short pieces of work that came while a helper slept. */
  #missed = 0;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    private readonly kernels: KernelExports,
  ) {}

  /** Sets with how many threads to compute, this one included; those that are too many stay asleep. */
  want(threads: number): void {
    this.#wanted = Math.max(1, Math.min(1 + MOST_HELPERS, Math.floor(threads)));
  }

  get threads(): number {
    while (this.#helpers.length < this.#wanted - 1 && this.#slots < MOST_HELPERS) this.#start();
    return 1 + this.#ready(IDLE, WAITED_FOR).length;
  }

  get forShort(): number {
    const awake = 1 + this.#ready(IDLE).length;
    if (awake === this.#wanted || ++this.#missed % STREAM > 0) return awake;
    return 1 + this.#ready(IDLE, WAITED_FOR).length;
  }

  run(work: Work): void {
    const { parts, threads, calls, done } = work;
    const helpers = parts === 1 || parts > MOST_PARTS ? [] : this.#ready(IDLE, WAITED_FOR).slice(0, threads - 1);
    const given = helpers.filter((helper, i) => writeWork(helper.numbers, work, i + 1));
    if (given.length === 0) {
      runAlone(this.kernels, work);
      return;
    }
    this.#done.fill(0, 0, parts);
    Atomics.store(this.#control, this.#next, 0);
    this.#call(given);
    const told = new Uint8Array(parts);
    const tell = () => {
      for (let part = 0; done !== undefined && part < parts; part++) {
        if (told[part] === 1 || Atomics.load(this.#done, part) === 0) continue;
        told[part] = 1;
        done(part);
      }
    };
    const finish = (part: number) => {
      callAll(this.kernels, calls(part, 0));
      Atomics.store(this.#done, part, 1);
      tell();
    };
    try {
      for (let part = this.#take(); part < parts; part = this.#take()) finish(part);
    } finally {
      // Nothing goes on in the room after this, whatever has happened here.
      Atomics.store(this.#control, this.#next, parts);
      for (const helper of given) this.#await(helper, tell);
    }
    // What a helper took and was lost with.
    for (let part = 0; part < parts; part++) if (Atomics.load(this.#done, part) === 0) finish(part);
    tell();
  }

  /** Ends the helpers. */
  dispose(): void {
    for (const { worker } of this.#helpers) void worker.terminate();
    this.#helpers = [];
    this.#wanted = 1;
  }

  /**
   * One that sleeps may be woken on this thread's processor, and would not run there until this thread rests: so it does, and is
   * itself woken on another.
   */
  #call(helpers: readonly Helper[]): void {
    const woken = helpers.filter(({ slot }) => Atomics.exchange(this.#control, slot, WORKING) === WAITED_FOR);
    for (const { slot } of woken) Atomics.notify(this.#control, slot);
    for (const { slot } of woken) Atomics.wait(this.#control, slot, WORKING, WAKING);
  }

  #take(): number {
    return Atomics.add(this.#control, this.#next, 1);
  }

  #ready(...states: readonly number[]): Helper[] {
    const wanted = this.#helpers.slice(0, this.#wanted - 1);
    return wanted.filter(({ slot }) => states.includes(Atomics.load(this.#control, slot)));
  }

  #start(): void {
    const slot = STRIDE * this.#slots++;
    const numbers = new Float64Array(new SharedArrayBuffer(8 * CAPACITY));
    Atomics.store(this.#control, slot, STARTING);
    const shared = { module: this.module, memory: this.memory, control: this.#control, done: this.#done, numbers };
    const workerData = { ...shared, slot, next: this.#next, kernels: SHARED_KERNELS };
    const worker = new Worker(HELPER, { eval: true, workerData, name: 'attention-kernels' });
    const helper = { worker, slot, numbers };
    const lose = () => this.#lose(helper);
    worker.on('error', lose);
    worker.on('exit', lose);
    // It never ends by itself.
    worker.unref();
    this.#helpers.push(helper);
  }

  #lose(helper: Helper): void {
    Atomics.store(this.#control, helper.slot, LOST);
    this.#helpers = this.#helpers.filter((one) => one !== helper);
  }

  /** Returns when the helper has nothing in hand. @param meanwhile called while it has */
  #await(helper: Helper, meanwhile: () => void): void {
    const { slot, worker } = helper;
    // What it has not seen yet, since it wakes late, is done: it goes on as if it had been woken for nothing.
    if (Atomics.compareExchange(this.#control, slot, WORKING, IDLE) === WORKING) return;
    const busy = () => {
      const state = Atomics.load(this.#control, slot);
      return state !== IDLE && state !== WAITED_FOR && state !== LOST;
    };
    for (let spin = 0; busy(); ) {
      if (++spin % 64 === 0) meanwhile();
      if (spin <= SPINS) continue;
      const state = Atomics.load(this.#control, slot);
      if (!busy() || Atomics.wait(this.#control, slot, state, PATIENCE) !== 'timed-out') continue;
      void worker.terminate();
      this.#lose(helper);
      // It may still be writing: nothing in the room can be trusted, and nobody else may do its part meanwhile.
      throw new Error('A thread that computes did not answer.');
    }
    if (Atomics.load(this.#control, slot) === LOST) this.#lose(helper);
  }
}
