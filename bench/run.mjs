#!/usr/bin/env node
// npm run bench: measures everything, each section in a process of its own, and writes bench/REPORT.md and the chart of the ladder.
//   run.mjs [--only=long,host] measures those sections alone; the others keep what was measured of them last
//   run.mjs --report           measures nothing, writes the report anew
import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../scripts/host/paths.mjs';
import { writeLadderChart } from './chart/write-ladder-chart.mjs';
import { keep, readAllKept, readKept } from './kept-results.mjs';
import { reportOf } from './report.mjs';
import { SECTIONS } from './sections.mjs';

/** Milliseconds that one section may take. */
const LIMIT = 12 * 60_000;

const only = process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length);
const names = process.argv.includes('--report') ? [] : (only?.split(',') ?? Object.keys(SECTIONS));
const unknown = names.filter((name) => !SECTIONS[name]);
if (unknown.length > 0) {
  console.error(`No section named ${unknown}; there are ${Object.keys(SECTIONS).join(', ')}.`);
  process.exit(1);
}

for (const name of names) {
  console.log(`— ${name} …`);
  const loads = [loadavg()[0]];
  const watch = setInterval(() => loads.push(loadavg()[0]), 5000);
  const began = performance.now();
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  try {
    const result = await measured(name);
    const seconds = (performance.now() - began) / 1000;
    keep(name, {
      date,
      commit: commit(),
      machine: machine(),
      loads: [Math.min(...loads), Math.max(...loads)],
      seconds,
      result,
    });
    console.log(`— ${name}: ${seconds.toFixed(0)} s`);
  } catch (error) {
    // What was measured earlier is kept, and the report says how old it is.
    keep(name, { ...readKept(name), failed: { date, reason: error.message.slice(0, 600) } });
    console.error(`— ${name} failed: ${error.message}`);
    process.exitCode = 1;
  } finally {
    clearInterval(watch);
  }
}
const kept = readAllKept();
await writeLadderChart(kept.long?.result);
writeFileSync(path.join(root, 'bench/REPORT.md'), await reportOf(kept));

/** Measures in a process of its own: what it leaves in memory, or dies of, is not the next one's. */
function measured(name) {
  const flags = ['--expose-gc', fileURLToPath(new URL('measure-section.mjs', import.meta.url)), name];
  const child = spawn(process.execPath, flags, { cwd: root, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  return new Promise((resolve, reject) => {
    let said = '';
    let result;
    const timer = setTimeout(() => {
      said += `\nIt was not done after ${LIMIT / 60_000} minutes.`;
      child.kill();
    }, LIMIT);
    child.stderr.on('data', (data) => {
      said = (said + data).slice(-4000);
    });
    child.on('message', (message) => {
      result = message;
    });
    child.on('exit', () => {
      clearTimeout(timer);
      if (result?.value) resolve(result.value);
      else if (result) reject(new Error(result.failed.split('\n').slice(0, 3).join(' ')));
      else reject(new Error(said.trim().split('\n').slice(-6).join(' ') || 'Its process ended.'));
    });
  });
}

function commit() {
  const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'webview', 'bench/*.mjs').length > 0;
    return git('rev-parse', '--short', 'HEAD') + (changed ? ', with changes' : '');
  } catch {
    return 'unknown';
  }
}

function machine() {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0].model}, ${cpus().length} cores, ${memory} GiB; Node ${process.version}`;
}
