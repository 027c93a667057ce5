import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { root } from '../scripts/host/paths.mjs';
import { medianOf } from './median-of.mjs';

const OURS = 'ours, relaxed SIMD';
/** What issue 5 asks for: how many times faster than that peer, in which tasks. */
const GOALS = [
  { peer: 'onnxruntime-web, 1 thread', ratio: 1.5, of: () => true, text: 'ahead by 1.5× at every length' },
  { peer: 'tfjs, WASM', ratio: 10, of: () => true, text: 'ahead by 10×' },
  { peer: 'onnxruntime-node, 1 thread', ratio: 0.25, of: ({ length }) => length >= 128, text: 'within 4× from 128 up' },
  { peer: 'onnxruntime-node, 1 thread', ratio: 1, of: ({ length }) => length === 16, text: 'level at 16' },
];

/** bench/REPORT.md. */
export function reportOf({ results, failures, names, loads, rounds }) {
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'bench/package.json'), 'utf8'));
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const [{ model }] = cpus();
  const attention = results.filter(({ task }) => task.kind === 'attention');
  const products = results.filter(({ task }) => task.kind === 'product');
  const single = names.filter((name) => !name.includes('2 threads'));
  const ours = names.filter((name) => name.startsWith('ours'));
  const length = (task) => String(task.length);
  const sizes = ({ m, k, n }) => `${m}×${k}×${n}`;
  const most = Math.max(...loads);
  return `# Measured

Written by \`npm run bench\`; do not edit. ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit}.

- Machine: ${model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}, V8 ${process.versions.v8}. ${
    most > cpus().length
      ? `**Others were using it**: the load was ${Math.min(...loads).toFixed(1)} to ${most.toFixed(1)}. Then the clock counts waiting, too, and
  processor time (what a process was really given) says more; caches and memory are shared even so.`
      : `Load while measuring: at most ${most.toFixed(1)}.`
  }
- Peers: ${Object.entries(devDependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.
- Each in a process of its own, kept warm, taking turns round by round (${rounds} rounds, fewer where they are slow; a round
  repeats what is short for 15 ms and takes the median); the median of rounds counts. From 32-bit floats to 32-bit floats; a
  product's right side are a layer's weights, prepared by who can. That all compute the same is checked before they are timed.
- Cells: milliseconds, and how many times longer than ours with relaxed SIMD.

## Attention: 8 heads, dₖ 64, T = S, context and all weights returned

Processor time:

${table(attention, single, length, 'cpu')}

By the clock:

${table(attention, names, length, 'milliseconds')}

## Products of layers

Processor time:

${table(products, single, sizes, 'cpu')}

By the clock:

${table(products, names, sizes, 'milliseconds')}

## Speed of our kernels

10⁹ operations a second of processor time (a multiply-add is two). Attention includes softmax and copies in and out.

${table(results, ours, ({ name }) => name, 'cpu', true)}

${forwardText(results, ours)}

## Goals of issue 5

${GOALS.map((goal) => goalLine(goal, attention)).join('\n')}
${failures.map(({ name, reason }) => `- ${name} did not take part: ${reason}\n`).join('')}- 2 threads: not built yet; onnxruntime-web's are in the tables by the clock.
- Not measured here yet: loading, long texts in tiles, what the panel and the editor take.

Native onnxruntime-node stays ahead where the machine has AVX-512: 16 lanes at a time against WebAssembly's 4. What is left to gain
without threads: softmax and copies in and out, about a third of the time of attention.
`;
}

/** How much of the kernels' own best speed a whole model keeps. */
function forwardText(results, ours) {
  const speed = ({ task, times }, name) => task.operations / medianOf(times.get(name), 'cpu') / 1e6;
  const forward = results.find(({ task }) => task.kind === 'forward');
  const products = results.filter(({ task }) => task.kind === 'product');
  const lines = ours
    .filter((name) => forward?.times.get(name)?.length)
    .map((name) => {
      const best = Math.max(...products.filter(({ times }) => times.get(name)?.length).map((one) => speed(one, name)));
      const share = Math.round((speed(forward, name) / best) * 100);
      const { cpu, milliseconds } = Object.fromEntries(
        ['cpu', 'milliseconds'].map((field) => [field, medianOf(forward.times.get(name), field)]),
      );
      return `| ${name} | ${cpu.toFixed(1)} | ${milliseconds.toFixed(1)} | ${share} % |`;
    });
  return `## A whole forward pass

opus-mt's shape (6 + 6 layers, width 512, 8 heads, feed-forward 2048), 30 × 30 tokens, without the output layer: embedding, norms,
activations, softmax and copies in and out included. The goal is 60 % of the speed of the kernels' best product above.

| | processor time, ms | by the clock, ms | of the best product |
|---|--:|--:|--:|
${lines.join('\n')}`;
}

function goalLine({ peer, ratio, of, text }, results) {
  const rows = results
    .filter(({ task, times }) => of(task) && times.get(peer)?.length && times.get(OURS)?.length)
    .map(({ task, times }) => ({
      length: task.length,
      ratio: medianOf(times.get(peer), 'cpu') / medianOf(times.get(OURS), 'cpu'),
    }));
  if (rows.length === 0) return `- ${peer}, ${text}: not measured`;
  const missed = rows.filter((row) => row.ratio < ratio).map((row) => row.length);
  const verdict = missed.length === 0 ? 'reached' : `**missed at ${missed.join(', ')}**`;
  const seen = rows.map((row) => `${row.length}: ${row.ratio.toFixed(2)}`).join(', ');
  return `- ${peer}, ${text}: ${verdict} (their processor time ÷ ours: ${seen})`;
}

function table(results, names, label, field, speed = false) {
  const header = `| | ${results.map(({ task }) => label(task)).join(' | ')} |\n|---|${results.map(() => '--:').join('|')}|`;
  const cell = ({ task, times }, name) => {
    const taken = times.get(name);
    if (!taken?.length) return '–';
    const time = medianOf(taken, field);
    if (speed) return (task.operations / time / 1e6).toFixed(1);
    const ours = times.get(OURS);
    const ratio = name === OURS || !ours?.length ? '' : ` (${(time / medianOf(ours, field)).toFixed(2)}×)`;
    return `${time < 10 ? time.toPrecision(2) : time.toFixed(0)}${ratio}`;
  };
  return [header, ...names.map((name) => `| ${name} | ${results.map((one) => cell(one, name)).join(' | ')} |`)].join(
    '\n',
  );
}
