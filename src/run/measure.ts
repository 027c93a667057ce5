import { type Method, WINDOW } from '../attention/method-complexity.ts';
import { fullAttention } from '../attention/patterns/full-attention.ts';
import { linearAttention } from '../attention/patterns/linear-attention.ts';
import { streamingAttention } from '../attention/patterns/streaming-attention.ts';
import { windowAttention } from '../attention/patterns/window-attention.ts';
import type { Measurement, MeasureRequest } from '../contract/run.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

/** Milliseconds spent on repeating one point, and the time of one call after which a method's ladder ends. */
const POINT = 150;
const LAST_CALL = 1000;
const REPEATS = 50;

type Attend = (q: Matrix, k: Matrix, v: Matrix) => Matrix;

const METHODS: readonly (readonly [Method, Attend])[] = [
  ['full', fullAttention],
  ['streaming', streamingAttention],
  ['window', (q, k, v) => windowAttention(q, k, v, { window: WINDOW })],
  ['linear', linearAttention],
  ['cross', fullAttention],
];

/**
 * Times the core's ways of computing attention on this machine, on seeded random Q, K and V, length by length.
 * All methods of one length come before the next length, so that curves grow together. A method whose call took
 * over a second goes no further.
 * @param onPoint median milliseconds of one call, all heads of a layer
 */
export async function measure(
  request: MeasureRequest,
  onPoint: (point: Measurement, done: number) => void,
  checkpoint: () => Promise<void>,
  clock: () => number = () => performance.now(),
): Promise<void> {
  const ended = new Set<Method>();
  const lengths = [...new Set(request.lengths)].sort((a, b) => a - b);
  for (const [at, length] of lengths.entries()) {
    for (const [method, attend] of METHODS) {
      if (ended.has(method)) continue;
      const sources = method === 'cross' ? request.sources : length;
      const q = randomMatrix(length, request.headWidth, 1);
      const k = randomMatrix(sources, request.headWidth, 2);
      const v = randomMatrix(sources, request.headWidth, 3);
      const times = await timesOf(() => attend(q, k, v), request.heads, checkpoint, clock);
      const milliseconds = median(times);
      if (milliseconds > LAST_CALL) ended.add(method);
      onPoint({ method, targets: length, sources, milliseconds }, (at + 1) / lengths.length);
    }
  }
}

/** The first call warms up, and is counted only where there is no time for another. */
async function timesOf(
  once: () => unknown,
  heads: number,
  checkpoint: () => Promise<void>,
  clock: () => number,
): Promise<number[]> {
  const times: number[] = [];
  let spent = 0;
  while (times.length <= REPEATS && spent < POINT) {
    let call = 0;
    for (let head = 0; head < heads; head++) {
      await checkpoint();
      const began = clock();
      once();
      call += clock() - began;
    }
    times.push(call);
    spent += call;
  }
  return times.length > 1 ? times.slice(1) : times;
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Values in [−1, 1) from mulberry32, so that every machine multiplies the same numbers. */
function randomMatrix(rows: number, cols: number, seed: number): Matrix {
  const data = new Float32Array(rows * cols);
  let state = seed;
  for (let i = 0; i < data.length; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    data[i] = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  }
  return matrix(rows, cols, data);
}
