// What of the product the bench measures, as one bundle (run.mjs).

import simd from 'kernels.wasm';
import relaxed from 'kernels-relaxed.wasm';
import relaxedShared from 'kernels-relaxed-shared.wasm';
import simdShared from 'kernels-shared.wasm';
import { combine } from '../src/attention/combine.ts';
import { match } from '../src/attention/match.ts';
import type { AttendInput } from '../src/tensor/kernels.ts';
import { columns, type Matrix, matrix } from '../src/tensor/matrix.ts';

export { useKernels } from '../src/tensor/kernels.ts';
export { linear } from '../src/tensor/linear.ts';
export { WorkerPool } from '../src/tensor/threads/worker-pool.ts';
export { instantiateKernels } from '../src/tensor/wasm/choose-kernels.ts';

export { opusMtShape } from './opus-mt-shape.ts';
export { matrix };
export const kernelBytes = { relaxed, simd, shared: { relaxed: relaxedShared, simd: simdShared } };

/** Attention by the plain kernels, weights kept. */
export function attendPlainly({ q, k, v, heads, divisor }: AttendInput) {
  const [dk, dv] = [q.cols / heads, v.cols / heads];
  const context = matrix(q.rows, v.cols);
  const weights: Matrix[] = [];
  for (let h = 0; h < heads; h++) {
    const head = match(columns(q, h * dk, (h + 1) * dk), columns(k, h * dk, (h + 1) * dk), { divisor });
    weights.push(head.weights);
    const { data } = combine(head.weights, columns(v, h * dv, (h + 1) * dv));
    for (let t = 0; t < q.rows; t++) context.data.set(data.subarray(t * dv, (t + 1) * dv), t * v.cols + h * dv);
  }
  return { context, weights };
}
