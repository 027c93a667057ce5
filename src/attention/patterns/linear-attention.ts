import { type Matrix, matrix } from '../../tensor/matrix.ts';
import { addMultiplications } from '../../tensor/operation-count.ts';
import { checkShapes, type PatternOptions } from './full-attention.ts';

/** φ(x) = elu(x) + 1, positive everywhere. */
const feature = (x: number): number => (x > 0 ? x + 1 : Math.exp(x));

/**
 * Linear attention: exp(q·k) gives way to φ(q)·φ(k), so that Σ φ(k)vᵀ is summed once for all queries and no T × S
 * matrix exists. Another function than softmax attention, not an approximation of it.
 * @param q [T, dₖ]    @param k [S, dₖ]    @param v [S, dᵥ]
 * @param options.causal keys 0 … t only; then key t is added just before query t
 * @returns context [T, dᵥ]
 * @throws ShapeError when widths or lengths differ
 * Cost: (T + S)·dₖ·(dᵥ + 1) multiply-adds, dₖ·(dᵥ + 1) values of memory. Source: Katharopoulos et al. 2020.
 */
export function linearAttention(q: Matrix, k: Matrix, v: Matrix, { causal = false }: PatternOptions = {}): Matrix {
  checkShapes('linearAttention', q, k, v);
  const [dk, dv] = [q.cols, v.cols];
  const keyValues = new Float64Array(dk * dv);
  const keySum = new Float64Array(dk);
  const context = matrix(q.rows, dv);
  let taken = 0;
  const takeUpTo = (end: number): void => {
    for (; taken < end; taken++) {
      for (let i = 0; i < dk; i++) {
        const key = feature(k.data[taken * dk + i]);
        keySum[i] += key;
        for (let j = 0; j < dv; j++) keyValues[i * dv + j] += key * v.data[taken * dv + j];
      }
    }
  };
  const row = new Float64Array(dv);
  for (let t = 0; t < q.rows; t++) {
    takeUpTo(causal ? Math.min(t + 1, k.rows) : k.rows);
    let sum = 0;
    row.fill(0);
    for (let i = 0; i < dk; i++) {
      const asks = feature(q.data[t * dk + i]);
      sum += asks * keySum[i];
      for (let j = 0; j < dv; j++) row[j] += asks * keyValues[i * dv + j];
    }
    if (sum > 0) for (let j = 0; j < dv; j++) context.data[t * dv + j] = row[j] / sum;
  }
  addMultiplications((q.rows + taken) * dk * (dv + 1));
  return context;
}
