import { Worker } from 'node:worker_threads';
import type { KernelExports } from '../tensor/kernels/kernel-exports.ts';
import { callAll, type KernelCall, SHARED_KERNELS, type Team } from '../tensor/kernels/team.ts';

/** What a helper's slot of the control array says. */
const STARTING = 0;
const IDLE = 1;
const WORKING = 2;
const LOST = 3;
/** Int32s from one helper's slot to the next: a cache line, so that threads don't wait for each other's. */
const STRIDE = 16;
/** Numbers that a share may hold: kernels and their arguments. */
const CAPACITY = 65536;
/** Most helpers: each has room for a tile of its own in the kernels' memory (kernel-memory.ts). */
const MOST_HELPERS = 7;
/**
 * Looks for work before a helper sleeps, and for results before the leader does: about a millisecond. Waking a thread takes
 * a tenth of it or, in a sandbox, as long; between the products of a layer there is less.
 */
const SPINS = 100_000;
/** Milliseconds after which a helper that does not answer counts as lost: the longest share takes a hundredth of it. */
const PATIENCE = 120_000;

/**
 * The other threads' program. It blocks between calls, so it hears of nothing but its slot: the process ends it.
 * Plain text: it needs no file of its own, wherever this one is bundled.
 */
const HELPER = `
const { module, memory, control, numbers, slot, kernels } = require('node:worker_threads').workerData;
const say = (state) => {
  Atomics.store(control, slot, state);
  Atomics.notify(control, slot);
};
try {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const called = kernels.map((name) => exports[name]);
  say(${IDLE});
  for (;;) work(called);
} catch {
  say(${LOST});
}
function work(called) {
  for (let spin = 0; Atomics.load(control, slot) !== ${WORKING}; )
    if (++spin > ${SPINS}) Atomics.wait(control, slot, ${IDLE});
  let at = 1;
  for (let left = numbers[0]; left > 0; left--) {
    const end = at + 2 + numbers[at + 1];
    called[numbers[at]](...numbers.subarray(at + 2, end));
    at = end;
  }
  say(${IDLE});
}`;

interface Helper {
  readonly worker: Worker;
  readonly slot: number;
  readonly numbers: Float64Array;
}

/**
 * A team of worker threads over one shared memory of kernels: started when there is first enough to do, then kept. Work
 * goes from thread to thread by shared numbers, without messages. One that is lost is done without.
 */
export class WorkerTeam implements Team {
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * STRIDE * MOST_HELPERS));
  #helpers: Helper[] = [];
  #wanted = 1;
  #slots = 0;

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
    return 1 + this.#ready().length;
  }

  run(shares: readonly (readonly KernelCall[])[]): void {
    const ready = this.#ready();
    const given = shares.slice(1).map((share, i) => {
      const helper = ready[i];
      return helper !== undefined && this.#give(helper, share) ? helper : undefined;
    });
    callAll(this.kernels, shares[0] ?? []);
    for (const [i, helper] of given.entries()) {
      if (helper !== undefined && this.#done(helper)) continue;
      // Nobody did it. A share writes the same whoever does it, even twice.
      callAll(this.kernels, shares[i + 1]);
    }
  }

  /** Ends the helpers. */
  dispose(): void {
    for (const { worker } of this.#helpers) void worker.terminate();
    this.#helpers = [];
    this.#wanted = 1;
  }

  #ready(): Helper[] {
    return this.#helpers.slice(0, this.#wanted - 1).filter(({ slot }) => Atomics.load(this.#control, slot) === IDLE);
  }

  #start(): void {
    const slot = STRIDE * this.#slots++;
    const numbers = new Float64Array(new SharedArrayBuffer(8 * CAPACITY));
    Atomics.store(this.#control, slot, STARTING);
    const shared = { module: this.module, memory: this.memory, control: this.#control, numbers, slot };
    const workerData = { ...shared, kernels: SHARED_KERNELS };
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

  #give({ slot, numbers }: Helper, share: readonly KernelCall[]): boolean {
    const size = share.reduce((sum, { args }) => sum + 2 + args.length, 1);
    if (size > CAPACITY) return false;
    numbers[0] = share.length;
    let at = 1;
    for (const { kernel, args } of share) {
      numbers[at] = SHARED_KERNELS.indexOf(kernel);
      numbers[at + 1] = args.length;
      numbers.set(args, at + 2);
      at += 2 + args.length;
    }
    Atomics.store(this.#control, slot, WORKING);
    Atomics.notify(this.#control, slot);
    return true;
  }

  #done(helper: Helper): boolean {
    const { slot, worker } = helper;
    for (let spin = 0; Atomics.load(this.#control, slot) === WORKING; ) {
      if (++spin <= SPINS) continue;
      if (Atomics.wait(this.#control, slot, WORKING, PATIENCE) !== 'timed-out') continue;
      void worker.terminate();
      this.#lose(helper);
      // It may still be writing: nothing in the room can be trusted, and nobody else may do its share meanwhile.
      throw new Error('A thread that computes did not answer.');
    }
    if (Atomics.load(this.#control, slot) === IDLE) return true;
    this.#lose(helper);
    return false;
  }
}
