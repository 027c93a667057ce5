/** What a helper's slot of the control array says: by the helper, that it starts, looks for work, or sleeps until there is some. */
export const STARTING = 0;
export const IDLE = 1;
export const WAITED_FOR = 2;
/** By the leader: there is work. */
export const WORKING = 3;
/** By the helper again: it has seen it; it is lost. */
export const BUSY = 4;
export const LOST = 5;

/**
 * Looks for work before a helper sleeps: about a millisecond. Waking a thread takes a tenth of it or, in a sandbox, as long;
 * between the products of a layer there is less.
 */
const SPINS = 100_000;

/**
 * The other threads' program. It blocks between calls, so it hears of nothing but its slot: the process ends it.
 * Plain text: it needs no file of its own, wherever this one is bundled.
 */
export const HELPER = `
const { module, memory, control, done, numbers, slot, next, kernels } = require('node:worker_threads').workerData;
const say = (state) => {
  Atomics.store(control, slot, state);
  Atomics.notify(control, slot);
};
try {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const called = kernels.map((name) => exports[name]);
  say(${IDLE});
  for (;;) {
    wait();
    work(called);
    say(${IDLE});
  }
} catch {
  say(${LOST});
}
function wait() {
  for (let spin = 0; ; ) {
    const state = Atomics.load(control, slot);
    if (state === ${WORKING} && Atomics.compareExchange(control, slot, ${WORKING}, ${BUSY}) === ${WORKING}) {
      if (spin === 0) Atomics.notify(control, slot);
      return;
    }
    if (++spin <= ${SPINS}) continue;
    if (Atomics.compareExchange(control, slot, ${IDLE}, ${WAITED_FOR}) === ${IDLE}) Atomics.wait(control, slot, ${WAITED_FOR});
    spin = 0;
  }
}
function work(called) {
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
}`;
