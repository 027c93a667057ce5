#!/usr/bin/env node
// Loading a checkpoint of opus-mt's shape against reading its files.   node bench/load/load.mjs [rounds]
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/host/paths.mjs';
import { kernelsPlugin } from '../../scripts/kernels/kernels-plugin.mjs';
import { medianOf } from '../median-of.mjs';

const ROUNDS = 9;
const BUNDLED = path.join(root, 'models/en-zh');
/** Asks the system to forget what it keeps of a file; others' files stay. */
const FORGET =
  'import os,sys\nfor name in sys.argv[1:]:\n f=os.open(name,os.O_RDONLY);os.fsync(f);os.posix_fadvise(f,0,0,os.POSIX_FADV_DONTNEED)';

/** What is measured, name → kind of the child, folder, and whether the system has to forget the files before. */
const TASKS = {
  read: { kind: 'read' },
  load: { kind: 'load' },
  simd: { kind: 'simd' },
  plain: { kind: 'plain' },
  readCold: { kind: 'read', cold: true },
  loadCold: { kind: 'load', cold: true },
  readBundled: { kind: 'read', bundled: true },
  loadBundled: { kind: 'load', bundled: true },
};

/**
 * @param rounds of all tasks, one after the other: what else the machine does falls on all alike
 * @returns {Promise<{ bytes: number, bundledBytes: number, rounds: number, cold: boolean, tasks: Record<string, object> }>}
 *   for each task medians of milliseconds, by the clock and of the processor, and bytes of memory at most
 */
export async function measure(rounds = ROUNDS) {
  const child = path.join(root, 'dist/tmp/bench-load.mjs');
  await esbuild.build({
    entryPoints: [fileURLToPath(new URL('child.ts', import.meta.url))],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    plugins: [kernelsPlugin],
    logLevel: 'error',
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'attention-explorer-load-'));
  try {
    execFileSync(process.execPath, [path.join(root, 'scripts/make-checkpoint.mjs'), folder]);
    const names = (where) => readdirSync(where).map((name) => path.join(where, name));
    // Once by ourselves: the system then keeps the files.
    for (const name of [...names(folder), ...names(BUNDLED)]) readFileSync(name);
    const forget = () => execFileSync('python3', ['-c', FORGET, ...names(folder)], { stdio: 'ignore' });
    let cold = true;
    try {
      forget();
    } catch {
      cold = false;
    }
    const taken = {};
    for (let round = 0; round < rounds; round++) {
      for (const [name, task] of Object.entries(TASKS)) {
        if (task.cold && !cold) continue;
        if (task.cold) forget();
        const one = await inChild(child, task.kind, task.bundled ? BUNDLED : folder);
        taken[name] ??= [];
        taken[name].push(one);
      }
    }
    const bytes = (where) => names(where).reduce((sum, name) => sum + statSync(name).size, 0);
    const tasks = Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, mediansOf(all)]));
    return { bytes: bytes(folder), bundledBytes: bytes(BUNDLED), rounds, cold, tasks };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inChild(file, kind, folder) {
  return new Promise((resolve, reject) => {
    let result;
    const child = fork(file, [kind, folder]);
    child.on('message', (message) => {
      result = message;
      child.disconnect();
    });
    child.on('exit', (code) => (result ? resolve(result) : reject(new Error(`${kind} ended with ${code}`))));
  });
}

function mediansOf(all) {
  const times = (one) => ({
    milliseconds: medianOf(all.map(one), 'milliseconds'),
    cpu: medianOf(all.map(one), 'cpu'),
  });
  return {
    ...times((round) => round),
    before: medianOf(all, 'before'),
    peak: medianOf(all, 'peak'),
    ...(all[0].first === undefined
      ? {}
      : {
          first: times(({ first }) => first),
          second: times(({ second }) => second),
          afterRuns: medianOf(all, 'afterRuns'),
        }),
  };
}

/** @returns Markdown of what `measure` gave */
export function section({ bytes, bundledBytes, rounds, cold, tasks }) {
  const ms = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  const row = (what, name, against, size) => {
    const one = tasks[name];
    if (one === undefined) return [];
    const ratio = (field) => `${(one[field] / tasks[against][field]).toFixed(2)}×`;
    const cells = [what, ms(one.milliseconds), ratio('milliseconds'), ms(one.cpu), ratio('cpu')];
    cells.push(`${((one.peak - one.before) / size).toFixed(2)}×`);
    for (const run of ['first', 'second']) cells.push(one[run] ? ms(one[run].milliseconds) : '');
    return [`| ${cells.join(' | ')} |`];
  };
  const mb = (value) => (value / 1e6).toFixed(0);
  return [
    '## Loading a checkpoint',
    '',
    `A checkpoint of opus-mt's shape in F16 (${mb(bytes)} MB: 6 + 6 layers, vocabulary of 65,001, two SentencePiece files), made for this. ` +
      '*Reading* is every file of the folder read once and whole into fresh memory (`readFileSync`), in a process of its own as loading is; ' +
      `the system keeps the files. Median of ${rounds} rounds, tasks in turn within each. Processor time is of all threads. ` +
      'Memory is what the process grew by at most, in sizes of the files. First and second run: a pair of 25 × 27 tokens explored right after.',
    '',
    '| | ms | against reading | processor ms | against reading | memory | first run, ms | second run, ms |',
    '|---|---|---|---|---|---|---|---|',
    ...row('reading', 'read', 'read', bytes),
    ...row('**loading, best kernels**', 'load', 'read', bytes),
    ...row('loading, plain SIMD', 'simd', 'read', bytes),
    ...row('loading, without kernels', 'plain', 'read', bytes),
    ...row('reading, files not kept by the system', 'readCold', 'readCold', bytes),
    ...row('loading, files not kept by the system', 'loadCold', 'readCold', bytes),
    ...row(`reading the bundled model (${mb(bundledBytes)} MB)`, 'readBundled', 'readBundled', bundledBytes),
    ...row('loading the bundled model', 'loadBundled', 'readBundled', bundledBytes),
    '',
    ...(cold ? [] : ['The system could not be asked to forget the files (no python3 or no `posix_fadvise`).', '']),
  ].join('\n');
}

/** What issue 5 asks for. */
export function goals({ bytes, tasks }) {
  const ratio = (field) => tasks.load[field] / tasks.read[field];
  return [
    {
      goal: 'Loading a 150 MB F16 checkpoint within 2× of reading the file',
      reached: ratio('milliseconds') <= 2,
      seen: `${ratio('milliseconds').toFixed(2)}× by the clock, ${ratio('cpu').toFixed(2)}× in processor time (${(bytes / 1e6).toFixed(0)} MB)`,
      why:
        'Reading is as fast as the system gives memory page by page; on top of that a vocabulary of 65,001 and two SentencePiece files ' +
        'are parsed in JavaScript that is not compiled yet, and a busy machine has no second core to do it beside.',
    },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await measure(Number(process.argv[2] ?? ROUNDS));
  console.log(section(result));
}
