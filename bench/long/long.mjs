#!/usr/bin/env node
// Long texts: the ladder of lengths and a long document.   node bench/long/long.mjs [--rounds=N]
import { execFile } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/host/paths.mjs';
import { kernelsPlugin } from '../../scripts/kernels/kernels-plugin.mjs';

const LENGTHS = [1024, 2048, 4096, 8192, 16384, 32768];
/** Lengths that the exponents are fitted to: below, what a process costs hides what a length does. */
const FITTED_FROM = 8192;
const ROUNDS = 3;
const DOCUMENT = 16384;
/** Threads that a document has, as the setting's default gives them on a machine of two cores. */
const THREADS = 2;
const FIXTURE = 'test/fixtures/hf/t5';

const out = path.join(root, 'dist/tmp/long');
const run = promisify(execFile);

/**
 * Every rung in a process of its own, the median of some; then the document.
 * @returns what `section` and the chart are made of
 */
export async function measure({ rounds = ROUNDS, log = () => {} } = {}) {
  await esbuild.build({
    entryPoints: ['ladder-child', 'document-child', 'parts'].map((name) => path.join(root, `bench/long/${name}.ts`)),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    plugins: [kernelsPlugin],
  });
  const { fitExponent } = await import(pathToFileURL(path.join(out, 'parts.mjs')).href);
  const loads = [loadavg()[0]];
  const ladder = [];
  for (const length of LENGTHS) {
    ladder.push(await rung(length, 1, length > DOCUMENT ? 1 : rounds, []));
    log(`long: ${length} tokens, ${ladder.at(-1).wholeBase.toFixed(0)} ms`);
  }
  // The ladder runs on relaxed SIMD where the engine has it, as Node 24 does.
  const relaxed = ladder.find(({ length }) => length === DOCUMENT);
  const shared = await rung(DOCUMENT, THREADS, rounds, []);
  const documents = [];
  for (const model of ['t5', 'en-zh']) {
    documents.push(
      await child('document-child', [model, root, path.join(root, FIXTURE), String(DOCUMENT), String(THREADS)], []),
    );
    log(`long: a document through ${model}, ${documents.at(-1).forward.toFixed(0)} ms`);
  }
  const fitted = ladder.filter(({ length }) => length >= FITTED_FROM);
  const exponent = (of, among = fitted) => fitExponent(among.map((one) => ({ x: one.length, y: one[of] })))?.exponent;
  return {
    ladder,
    relaxed,
    shared,
    threads: THREADS,
    documents,
    exponents: {
      time: exponent('wholeBase'),
      processor: exponent('processor'),
      memory: exponent('megabytesAboveIdle'),
      lastDoubling: exponent('wholeBase', ladder.slice(-2)),
      from: FITTED_FROM,
    },
    machine: { processor: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version },
    loads: [...loads, loadavg()[0]],
  };
}

/** Medians of some processes, number by number. */
async function rung(length, threads, rounds, flags) {
  const found = [];
  for (let i = 0; i < rounds; i++) found.push(await child('ladder-child', [String(length), String(threads)], flags));
  const numbers = Object.keys(found[0]).filter((key) => typeof found[0][key] === 'number');
  return { ...found[0], ...Object.fromEntries(numbers.map((key) => [key, median(found.map((one) => one[key]))])) };
}

async function child(name, args, flags) {
  const { stdout } = await run(process.execPath, [...flags, path.join(out, `${name}.mjs`), ...args], {
    maxBuffer: 2 ** 24,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const megabytes = (value) => `${Math.max(0, value).toFixed(0)} MB`;
const count = (value) => value.toLocaleString('en');

/** What was measured, for the report. @param result of `measure`    @returns Markdown */
export function section({ ladder, relaxed, shared, threads = 1, documents, exponents, machine }) {
  const row = (one) =>
    `| ${count(one.length)} × ${count(one.length)} | ${one.kernels}${one.threads > 1 ? `, ${one.threads} threads` : ''} | ${seconds(one.firstPicture)} | ${seconds(one.wholeBase)} | ${seconds(one.processor)} | ${megabytes(one.megabytesAboveIdle)} | ${one.longestStretch.toFixed(0)} ms |`;
  const named = { t5: 'T5 fixture (2 layers, width 32)', 'en-zh': 'en-zh, stretched (3 layers, width 192)' };
  const ofDocument = (one) =>
    `| ${named[one.model]} | ${count(one.sources)} against ${one.targets} | ${seconds(one.forward)} | ${seconds(one.encoder.overview)} | ${seconds(one.cross.firstPicture)} / ${seconds(one.cross.wholeBase)} | ${seconds(one.encoder.firstPicture)} / ${seconds(one.encoder.wholeBase)} | ${megabytes(one.megabytesAfterForward)} / ${megabytes(one.encoder.megabytesAboveIdle)} |`;
  const largest = ladder.find(({ length }) => length === DOCUMENT);
  return [
    '## Long texts',
    '',
    `One head of T × T weights, dₖ 64, from Q and K to a pyramid of levels (maximum and mean per block), by the worker's own code in a process of its own, on one thread where nothing else is said. *First picture* is a tile that has something of every part of the matrix; *whole* is every row, exactly, down to the base of the pyramid (16 × 16 cells at 16,384). Memory is the most the process had, less what it had before. Medians; ${machine.cores} cores, ${machine.node}.`,
    '',
    '| cells | kernels | first picture | whole | processor time | memory above idle | longest stretch |',
    '|---|---|--:|--:|--:|--:|--:|',
    ...ladder.map(row),
    ...[relaxed, shared].filter(Boolean).map(row),
    '',
    `From ${count(exponents.from)} on, time grows with the length to the power of **${exponents.time.toFixed(2)}** (processor time ${exponents.processor.toFixed(2)}) and memory to that of **${exponents.memory.toFixed(2)}**; from ${count(ladder.at(-2).length)} to ${count(ladder.at(-1).length)} time grows with **${exponents.lastDoubling.toFixed(2)}**. What a row costs whatever its length (1,024 blocks at most) and what a process costs once keep the first below 2; of memory the pyramid, 8 MB, is the same for all. Goals at 16,384: a picture within 3 s (${seconds(largest.firstPicture)}), under 400 MB above idle (${megabytes(largest.megabytesAboveIdle)}).`,
    '',
    `A real document, GPL-3 and what stands beside it in Debian’s base, cut to 16,384 tokens, against a summary by hand. The bundled en-zh takes 512 positions and refuses more; here it stands in a folder of its own whose config says 16,384: its positions are computed sinusoids, so that they go on, but its weights never saw any so late, and what it says there means nothing. T5’s fixture has relative positions and no limit, random weights, and no tokenizer (it is given the other’s ids). Pictures are of layer 1, head 1, after the pass; threads: ${threads}.`,
    '',
    '| model | tokens | forward pass | overview of all heads (encoder) | cross-attention: first / whole | encoder, 16,384 × 16,384: first / whole | memory above idle: pass / all |',
    '|---|---|--:|--:|--:|--:|--:|',
    ...documents.map(ofDocument),
    '',
  ].join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rounds = Number(process.argv.find((one) => one.startsWith('--rounds='))?.slice(9) ?? ROUNDS);
  console.log(section(await measure({ rounds, log: console.error })));
}
