#!/usr/bin/env node
// npm test: every check, one stage after the other; the first stage that fails ends the run.
// The last line is `N passed, N failed`, summed over all stages.   test.mjs [--only=stage,stage]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { hostFolder, root } from './host/paths.mjs';

const results = path.join(root, 'test-results');

/** Name → what it runs: a command line, and where its counts come from. */
const STAGES = {
  build: { command: ['node', 'scripts/build.mjs', '--production'] },
  types: { command: ['node', 'scripts/check-types.mjs'] },
  lint: { command: ['npx', '--no-install', 'biome', 'check', '.'] },
  unit: { vitest: 'unit' },
  browser: { vitest: 'browser', needs: 'chromium' },
  integration: { command: ['node', 'scripts/integration.mjs'], needs: 'host', report: 'integration.json' },
  package: { command: ['node', 'scripts/package.mjs'] },
  e2e: { vitest: 'e2e', needs: 'host' },
};

/** Installs what a stage needs beyond npm's dependencies. */
async function provide(need) {
  if (!need) return;
  const { ensureChromium } = await import('./host/chromium.mjs');
  process.env.CHROME_BIN = ensureChromium();
  if (need !== 'host') return;
  const { installHost } = await import('./host/install-host.mjs');
  installHost();
  process.env.VSCODE_HOST_FOLDER = hostFolder;
}

function vitest(project, report) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return ['npx', '--no-install', 'vitest', 'run', '--project', project, ...reporters];
}

/** Counts of a stage: from its report, else the stage itself is one check. */
function count(report, ok) {
  if (!report || !existsSync(report)) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  const { numPassedTests: passed, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed, failed: ok ? numFailedTests : Math.max(1, numFailedTests) };
}

async function run(name, stage) {
  console.log(`\n── ${name} ──`);
  await provide(stage.needs);
  const file = stage.vitest ? `${name}.json` : stage.report;
  const report = file && path.join(results, file);
  const [program, ...parameters] = stage.command ?? vitest(stage.vitest, report);
  const started = performance.now();
  const { status } = spawnSync(program, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const ok = status === 0;
  const seconds = (performance.now() - started) / 1000;
  return { name, ok, seconds, ...count(report, ok) };
}

function summarize(done) {
  console.log('');
  for (const { name, ok, seconds, passed, failed } of done) {
    console.log(
      `${ok ? '✓' : '✗'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`,
    );
  }
  const left = selected.slice(done.length);
  if (left.length) console.log(`Not run: ${left.join(', ')}.`);
  const sum = (key) => done.reduce((total, stage) => total + stage[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
}

/** @returns names of the stages to run: all, or those of --only=    @throws when there is something else */
function selectStages([flag, ...others]) {
  if (!flag) return Object.keys(STAGES);
  if (others.length || !flag.startsWith('--only=')) throw new Error('Usage: npm test -- [--only=stage,stage]');
  const names = flag.slice('--only='.length).split(',');
  const unknown = names.filter((name) => !STAGES[name]);
  if (unknown.length) throw new Error(`No stage named ${unknown}; there are ${Object.keys(STAGES).join(', ')}.`);
  return names;
}

let selected;
try {
  selected = selectStages(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const done = [];
for (const name of selected) {
  try {
    done.push(await run(name, STAGES[name]));
  } catch (error) {
    console.error(error.message);
    done.push({ name, ok: false, seconds: 0, passed: 0, failed: 1 });
  }
  if (!done.at(-1).ok) break;
}
summarize(done);
process.exitCode = done.every((stage) => stage.ok) ? 0 : 1;
