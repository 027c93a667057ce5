// The kernels against peers: attention, products, a whole forward pass.
import { execFileSync, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../scripts/host/paths.mjs';
import { kernelsPlugin } from '../scripts/kernels/kernels-plugin.mjs';
import { CONTENDERS } from './contenders.mjs';
import { medianOf } from './median-of.mjs';
import { TASKS } from './tasks.mjs';

/** Rounds of a task; after it a round that is slow ends the task after fewer. */
const ROUNDS = 45;
const LEAST_ROUNDS = 5;
/** Milliseconds that all rounds of one contender may take. */
const TIME = 4000;
/** Who took longer than this once goes no further up the ladder. */
const TOO_LONG = 4000;
/** Who is known to take half a minute beyond that length. */
const LAST_LENGTH = { 'tfjs, plain': 256, 'ml-matrix': 512 };

const OURS = 'ours, relaxed SIMD';

/** @returns {results: [{task, times: {name: {milliseconds, cpu}}}], failures: [{name, reason}], names, rounds} */
export async function measure({ rounds = ROUNDS, only = '' } = {}) {
  if (!existsSync(path.join(root, 'bench/node_modules'))) {
    // The install script of onnxruntime-node downloads what is only needed for CUDA.
    const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', flags, { cwd: path.join(root, 'bench'), stdio: 'inherit' });
  }
  await esbuild.build({
    entryPoints: [path.join(root, 'bench/ours.ts')],
    outfile: path.join(root, 'dist/tmp/bench.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    plugins: [kernelsPlugin],
  });
  const running = new Map();
  const failures = [];
  for (const name of Object.keys(CONTENDERS).filter((one) => one.includes(only))) {
    try {
      running.set(name, await start(name));
    } catch (error) {
      failures.push({ name, reason: error.message });
    }
  }
  const out = new Set();
  const results = [];
  for (const task of TASKS) {
    const times = await timesOf(task, running, { rounds, out, failures });
    results.push({ task, times });
    const shown = Object.entries(times).map(([name, { milliseconds }]) => [name, milliseconds.toFixed(3)]);
    console.log(task.name, Object.fromEntries(shown));
  }
  for (const { child } of running.values()) child.kill();
  return { results, failures, names: [...running.keys()], rounds };
}

/** Medians of everyone who does a task. */
async function timesOf(task, running, { rounds, out, failures }) {
  const times = new Map();
  let expected;
  for (const [name, { ask, kinds }] of running) {
    if (!kinds.includes(task.kind)) continue;
    if (task.kind === 'attention' && (out.has(name) || task.length > (LAST_LENGTH[name] ?? 1e9))) continue;
    try {
      const { seen } = await ask({ ready: task });
      expected ??= seen;
      checkSame(task, expected, seen);
      times.set(name, []);
    } catch (error) {
      failures.push({ name: `${name}, ${task.name}`, reason: error.message });
    }
  }
  // One after the other, round after round: what else the machine does falls on all alike.
  for (let round = 0; round < rounds; round++) {
    for (const [name, taken] of times) {
      if (taken.length >= LEAST_ROUNDS && taken.reduce((sum, { milliseconds }) => sum + milliseconds, 0) > TIME)
        continue;
      if (taken.length > 0 && taken[0].milliseconds > TOO_LONG) continue;
      taken.push(await running.get(name).ask({}));
    }
  }
  for (const [name, taken] of times) if (taken[0]?.milliseconds > TOO_LONG) out.add(name);
  const median = (taken) => ({ milliseconds: medianOf(taken, 'milliseconds'), cpu: medianOf(taken, 'cpu') });
  return Object.fromEntries([...times].map(([name, taken]) => [name, median(taken)]));
}

function start(name) {
  const child = fork(path.join(root, 'bench/contender.mjs'), [name], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  const answer = () =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error(said.trim().split('\n').slice(-8).join(' ') || 'its process ended'));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        if (message.failed === undefined) resolve(message);
        else reject(new Error(message.failed));
      });
    });
  const ask = (message) => {
    const answered = answer();
    child.send(message);
    return answered;
  };
  return answer().then(({ kinds }) => ({ child, ask, kinds }));
}

/** Sums and last values of every output agree with the first contender's. */
function checkSame(task, expected, seen) {
  for (const [i, pair] of expected.entries()) {
    for (const [j, value] of pair.entries()) {
      const tolerance = 1e-3 * Math.max(1, Math.abs(value));
      if (!(Math.abs(seen[i][j] - value) <= tolerance)) {
        throw new Error(`computes something else in ${task.name}: ${seen[i][j]} instead of ${value}`);
      }
    }
  }
}

/** @returns Markdown of what `measure` gave */
export function section({ results, failures, names, rounds }) {
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'bench/package.json'), 'utf8'));
  const attention = results.filter(({ task }) => task.kind === 'attention');
  const products = results.filter(({ task }) => task.kind === 'product');
  const single = names.filter((name) => !name.includes('2 threads'));
  const ours = names.filter((name) => name.startsWith('ours'));
  const length = (task) => String(task.length);
  const sizes = ({ m, k, n }) => `${m}×${k}×${n}`;
  return `## Kernels against peers

- Peers: ${Object.entries(devDependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.
- Each in a process of its own, kept warm, taking turns round by round (${rounds} rounds, fewer where they are slow; a round
  repeats what is short for 15 ms and takes the median); the median of rounds counts. From 32-bit floats to 32-bit floats; a
  product's right side are a layer's weights, prepared by who can. That all compute the same is checked before they are timed.
- Cells: milliseconds, and how many times longer than ours with relaxed SIMD. Processor time is what a process was really given, by
  all its threads; it says more where others use the machine, and nothing of two threads.
${failures.map(({ name, reason }) => `- ${name} did not take part: ${reason}\n`).join('')}
### Attention: 8 heads, dₖ 64, T = S, context and all weights returned

Processor time:

${table(attention, single, length, 'cpu')}

By the clock:

${table(attention, names, length, 'milliseconds')}

### Products of layers

Processor time:

${table(products, single, sizes, 'cpu')}

By the clock:

${table(products, names, sizes, 'milliseconds')}

### Speed of our kernels

10⁹ operations a second of processor time (a multiply-add is two). Attention includes softmax and copies in and out.

${table(
  results,
  ours.filter((name) => single.includes(name)),
  ({ name }) => name,
  'cpu',
  true,
)}

### A whole forward pass

opus-mt's shape (6 + 6 layers, width 512, 8 heads, feed-forward 2048), 30 × 30 tokens, without the output layer: embedding, norms,
activations, softmax and copies in and out included. The goal is 60 % of the speed of the kernels' best product above.

| | processor time, ms | by the clock, ms | of the best product |
|---|--:|--:|--:|
${ours.map((name) => forwardRow(results, name)).join('\n')}
`;
}

function forwardRow(results, name) {
  const forward = results.find(({ task }) => task.kind === 'forward')?.times[name];
  if (!forward) return `| ${name} | – | – | – |`;
  // What two threads are given says nothing of how fast a kernel could be.
  const share = name.includes('2 threads') ? undefined : forwardShare(results, name);
  return `| ${name} | ${forward.cpu.toFixed(1)} | ${forward.milliseconds.toFixed(1)} | ${share ? `${Math.round(share * 100)} %` : '–'} |`;
}

/** How much of the kernels' own best speed a whole model keeps, 0 … 1. */
function forwardShare(results, name) {
  const speeds = (kind) =>
    results
      .filter(({ task, times }) => task.kind === kind && times[name])
      .map(({ task, times }) => task.operations / times[name].cpu);
  return Math.max(...speeds('forward')) / Math.max(...speeds('product'));
}

function table(results, names, label, field, speed = false) {
  const header = `| | ${results.map(({ task }) => label(task)).join(' | ')} |\n|---|${results.map(() => '--:').join('|')}|`;
  const cell = ({ task, times }, name) => {
    const time = times[name]?.[field];
    if (time === undefined) return '–';
    if (speed) return (task.operations / time / 1e6).toFixed(1);
    const ours = times[OURS]?.[field];
    const ratio = name === OURS || !ours ? '' : ` (${(time / ours).toFixed(2)}×)`;
    return `${time < 10 ? time.toPrecision(2) : time.toFixed(0)}${ratio}`;
  };
  return [header, ...names.map((name) => `| ${name} | ${results.map((one) => cell(one, name)).join(' | ')} |`)].join(
    '\n',
  );
}

/** How each goal of issue 5 stands. */
export function goals({ results, names }) {
  const two = names.find((name) => name.startsWith('ours') && name.includes('2 threads'));
  const share = forwardShare(results, OURS);
  return [
    {
      ...ahead(
        results,
        OURS,
        'onnxruntime-web, 1 thread',
        1.5,
        'cpu',
        'Attention ahead of onnxruntime-web by 1.5× on one thread, at every length',
      ),
      why: 'Products run at the peak of 128-bit instructions; softmax and copies in and out are what is left. On a machine that is shared, a median moves by a tenth and more from run to run.',
    },
    {
      ...ahead(
        results,
        two,
        'onnxruntime-web, 2 threads',
        2,
        'milliseconds',
        'Attention ahead of onnxruntime-web by 2× on two threads, at every length',
      ),
      why:
        'Parts are taken by whoever is free, and weights are copied out meanwhile; but what comes in is copied by one thread, and read by the ' +
        'other from its cache: at 32 tokens a hand-over gains nothing, and at 16 there is none.',
    },
    {
      ...ahead(results, OURS, 'tfjs, WASM', 10, 'cpu', 'Attention ahead of tfjs-WASM by 10×'),
      why: 'At 16 tokens both are mostly calls and copies.',
    },
    ahead(
      results,
      OURS,
      'onnxruntime-node, 1 thread',
      0.25,
      'cpu',
      'Attention within 4× of native onnxruntime-node from 128 up',
      (length) => length >= 128,
    ),
    {
      ...ahead(
        results,
        OURS,
        'onnxruntime-node, 1 thread',
        1,
        'cpu',
        'Level with native onnxruntime-node at 16',
        (length) => length === 16,
      ),
      why: 'A third of our time there is copies into and out of the kernels’ memory, which native code does without.',
    },
    {
      goal: 'A forward pass of opus-mt’s shape, 30 × 30: at least 60 % of the kernel’s own peak',
      reached: Number.isFinite(share) ? share >= 0.6 : undefined,
      seen: Number.isFinite(share) ? `${Math.round(share * 100)} %` : 'not measured',
      why: 'It reads 176 MB of 32-bit weights for 30 tokens: it is as fast as memory is at that moment.',
    },
  ];
}

function ahead(results, ours, peer, ratio, field, goal, of = () => true) {
  const rows = results
    .filter(({ task, times }) => task.kind === 'attention' && of(task.length) && times[peer] && times[ours])
    .map(({ task, times }) => ({ length: task.length, ratio: times[peer][field] / times[ours][field] }));
  if (rows.length === 0) return { goal, reached: undefined, seen: 'not measured' };
  const time = field === 'cpu' ? 'processor time' : 'time by the clock';
  return {
    goal,
    reached: rows.every((row) => row.ratio >= ratio),
    seen: `their ${time} ÷ ours: ${rows.map((row) => `${row.length}: ${row.ratio.toFixed(2)}`).join(', ')}`,
  };
}
