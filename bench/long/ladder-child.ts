import type { AttentionRecord } from '../../src/attention/attention-record.ts';
import { TILE_SIZE } from '../../src/contract/choices.ts';
import { spansOf } from '../../src/insight/tiles/row-request.ts';
import { TiledMatrix } from '../../src/insight/tiles/tiled-matrix.ts';
import { streamTiles } from '../../src/run/tiled-run.ts';
import { kernels } from '../../src/tensor/kernels.ts';
import { type Matrix, matrix } from '../../src/tensor/matrix.ts';
import { startThreadedKernels } from '../../src/tensor/threads/start-threaded-kernels.ts';
import { settled, watchMemory } from './watch-memory.ts';

// One rung: node ladder-child.mjs <length> <threads> → one line of JSON. Q and K of one head, d_k 64, from a seeded generator.
const WIDTH = 64;
const [length, threads] = process.argv.slice(2).map(Number);

startThreadedKernels().resize(threads);
await settled();
const memory = watchMemory();
const idle = memory.now();
const record = recordOf(length);
const labels = Array.from({ length }, (_, i) => ({ from: i, to: i + 1, special: false }));
const spans = spansOf(labels, length);
const top = Math.max(0, Math.ceil(Math.log2(length / TILE_SIZE)));
const info = { id: 'ladder', of: 'weight', rows: length, cols: length, top } as const;

const cpuBefore = process.cpuUsage();
const began = performance.now();
let first: number | undefined;
let longest = 0;
let last = began;

const facts = await streamTiles(
  new TiledMatrix(info, { heads: [{ record, head: 0 }], rows: spans, cols: spans, of: 'weight' }),
  [{ level: top, row: 0, col: 0 }],
  () => {
    first ??= performance.now() - began;
  },
  async () => {
    longest = Math.max(longest, performance.now() - last);
    await new Promise((resolve) => void setImmediate(resolve));
    last = performance.now();
  },
);

const whole = performance.now() - began;
const cpu = process.cpuUsage(cpuBefore);
const peak = memory.stop();
console.log(
  JSON.stringify({
    length,
    threads,
    kernels: kernels()?.name ?? 'TypeScript',
    firstPicture: first,
    wholeBase: whole,
    processor: (cpu.user + cpu.system) / 1000,
    longestStretch: longest,
    megabytesAboveIdle: (peak - idle) / 2 ** 20,
    entropy: facts.entropy,
  }),
);

function recordOf(tokens: number): AttentionRecord {
  return {
    input: matrix(tokens, 0),
    q: random(tokens, 1),
    k: random(tokens, 2),
    v: matrix(tokens, 1),
    heads: 1,
    divisor: Math.sqrt(WIDTH),
    causal: false,
    bias: undefined,
    outputWeight: matrix(1, 0),
    outputBias: undefined,
    output: matrix(tokens, 0),
  };
}

/** Values in [−1, 1), times 2: weights neither even nor all on one key. */
function random(tokens: number, seed: number): Matrix {
  let state = seed;
  const data = new Float32Array(tokens * WIDTH);
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    data[i] = state / 2 ** 30;
  }
  return matrix(tokens, WIDTH, data);
}
