// A process of its own for each contender: run.mjs asks it to get a task ready, then to do it, and is told how long it took.
import { CONTENDERS } from './contenders.mjs';
import { inputsOf } from './tasks.mjs';

const contender = await CONTENDERS[process.argv[2]]();
/** Milliseconds that a round may go on for. */
const ROUND = 15;
/** Milliseconds of calls before anything is timed. */
const WARM = 300;
let once;

process.on('message', async (message) => {
  try {
    if (message.ready) {
      once = await contender[message.ready.kind]({ ...message.ready, ...inputsOf(message.ready) });
      const outputs = await once();
      const began = performance.now();
      // Engines compile anew what is called often.
      while (performance.now() - began < WARM) await once();
      // Enough to see that everyone computes the same: the sum of each output, and its last value (the same in any layout).
      process.send({ seen: outputs.map((data) => (Array.isArray(data) ? data : [data])).map(sumAndLast) });
    } else {
      process.send(await round());
    }
  } catch (error) {
    process.send({ failed: String(error?.message ?? error) });
  }
});
process.send({ started: true, kinds: Object.keys(contender) });

/** @param parts an output, or what it is of each head */
function sumAndLast(parts) {
  const sums = parts.map((data) => data.reduce((a, b) => a + b, 0));
  return [sums.reduce((a, b) => a + b, 0), parts.at(-1).at(-1)];
}

/**
 * Does the task a few times over, since what ran meanwhile has emptied the caches.
 * @returns medians of one time: by the clock, and of what the processor spent on this process (all its threads)
 */
async function round() {
  const [clock, cpu] = [[], []];
  const began = performance.now();
  do {
    const used = process.cpuUsage();
    const from = performance.now();
    await once();
    clock.push(performance.now() - from);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  } while (performance.now() - began < ROUND && clock.length < 50);
  return { milliseconds: median(clock), cpu: median(cpu) };
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
