#!/usr/bin/env node
// npm run bench: the kernels against peers, into bench/REPORT.md.   run.mjs [--rounds=N] [--only=text in a contender's name]
import { execFileSync, fork } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../scripts/host/paths.mjs';
import { kernelsPlugin } from '../scripts/kernels/kernels-plugin.mjs';
import { CONTENDERS } from './contenders.mjs';
import { medianOf } from './median-of.mjs';
import { reportOf } from './report.mjs';
import { TASKS } from './tasks.mjs';

/** Rounds of a task; after it a round that is slow ends the task after fewer. */
const ROUNDS = 25;
const LEAST_ROUNDS = 5;
/** Milliseconds that all rounds of one contender may take. */
const TIME = 4000;
/** Who took longer than this once goes no further up the ladder. */
const TOO_LONG = 4000;
/** Who is known to take half a minute beyond that length. */
const LAST_LENGTH = { 'tfjs, plain': 256, 'ml-matrix': 512 };

const argument = (name) => process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
const rounds = Number(argument('rounds') ?? ROUNDS);
const names = Object.keys(CONTENDERS).filter((name) => name.includes(argument('only') ?? ''));

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
  target: 'node20',
  plugins: [kernelsPlugin],
});

const loads = [loadavg()[0]];
const running = new Map();
const failures = [];
for (const name of names) {
  try {
    running.set(name, await start(name));
  } catch (error) {
    failures.push({ name, reason: error.message });
  }
}
const results = [];
const out = new Set();
for (const task of TASKS) {
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
  loads.push(loadavg()[0]);
  results.push({ task, times });
  console.log(
    task.name,
    Object.fromEntries([...times].map(([name, taken]) => [name, medianOf(taken, 'milliseconds').toFixed(3)])),
  );
}
for (const { child } of running.values()) child.kill();
writeFileSync(
  path.join(root, 'bench/REPORT.md'),
  reportOf({ results, failures, names: [...running.keys()], loads, rounds }),
);

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
