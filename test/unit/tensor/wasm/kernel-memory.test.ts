import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activate } from '../../../../src/tensor/activation.ts';
import { upcast } from '../../../../src/tensor/half-precision.ts';
import { linear } from '../../../../src/tensor/linear.ts';
import { matrix, transpose } from '../../../../src/tensor/matrix.ts';
import { matmul, matmulTransposed } from '../../../../src/tensor/matrix-product.ts';
import { normalize } from '../../../../src/tensor/normalize.ts';
import { countOperations } from '../../../../src/tensor/operation-count.ts';
import { softmax } from '../../../../src/tensor/softmax.ts';

const size = fc.integer({ min: 1, max: 13 });
const values = (rows: number, cols: number) =>
  fc
    .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: rows * cols, maxLength: rows * cols })
    .map((data) => matrix(rows, cols, new Float32Array(data)));
const pair = fc.tuple(size, size, size).chain(([m, k, n]) => fc.record({ a: values(m, k), b: values(k, n) }));

describe('matrix products', () => {
  test('both kernels agree with three loops within 1e-4, for sizes that are no multiple of a block', () => {
    fc.assert(
      fc.property(pair, ({ a, b }) => {
        const [direct, transposed] = [matmul(a, b), matmulTransposed(a, transpose(b))];
        for (let i = 0; i < a.rows; i++) {
          for (let j = 0; j < b.cols; j++) {
            let sum = 0;
            for (let p = 0; p < a.cols; p++) sum += a.data[i * a.cols + p] * b.data[p * b.cols + j];
            expect(Math.abs(direct.data[i * b.cols + j] - sum)).toBeLessThan(1e-4);
            expect(Math.abs(transposed.data[i * b.cols + j] - sum)).toBeLessThan(1e-4);
          }
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test.each(['F16', 'BF16'] as const)('weights stored as %s give the same as widened ones', (kind) => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 0, max: 2 ** 31 }), ({ a, b }, seed) => {
        // No NaN, no ∞: exponents of ones are left out.
        const mask = kind === 'F16' ? 0xbbff : 0xbf7f;
        const halves = Uint16Array.from({ length: b.rows * b.cols }, (_, i) => Math.imul(seed + i, 0x9e3779b1) & mask);
        const wide = matrix(b.cols, b.rows);
        upcast(halves, kind, wide.data);
        const found = linear(a, { weight: { rows: b.cols, cols: b.rows, kind, float16: halves }, bias: undefined });
        expect(found.data).toEqual(matmulTransposed(a, wide).data);
      }),
      { seed: 8, numRuns: 200 },
    );
    const weight = { rows: 5, cols: 3, kind, float16: new Uint16Array(15) };
    expect(countOperations(() => linear(matrix(2, 3), { weight, bias: undefined })).multiplications).toBe(30);
    expect(() => linear(matrix(2, 4), { weight, bias: undefined })).toThrow(/multiplyFloat16.*4/);
  });

  test('say which widths differ', () => {
    expect(() => matmul(matrix(2, 3), matrix(4, 2))).toThrow(/matmul.*3/);
    expect(() => linear(matrix(2, 3), { weight: matrix(4, 2), bias: undefined })).toThrow(/3/);
    expect(() => linear(matrix(2, 3), { weight: matrix(4, 3), bias: new Float32Array(3) })).toThrow(/4/);
  });

  test('are counted while somebody counts, and an error ends the counting', () => {
    expect(countOperations(() => matmul(matrix(2, 3), matrix(3, 5))).multiplications).toBe(30);
    expect(() =>
      countOperations(() => {
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(countOperations(() => {}).multiplications).toBe(0);
  });
});

test('softmax: rows sum to 1; only −Infinity gives zeros', () => {
  const out = softmax(matrix(2, 3, new Float32Array([1, 2, 3, -Infinity, -Infinity, -Infinity])));
  expect([...out.data].map((x) => x.toFixed(6))).toEqual([
    '0.090031',
    '0.244728',
    '0.665241',
    '0.000000',
    '0.000000',
    '0.000000',
  ]);
});

test('layer norm has mean 0 and variance 1 before weight and bias; rms norm keeps the mean', () => {
  const x = matrix(1, 4, new Float32Array([1, 2, 3, 6]));
  const ones = new Float32Array(4).fill(1);
  const layer = normalize(x, { kind: 'layer', weight: ones, bias: undefined, epsilon: 0 }).data;
  expect(layer.reduce((a, b) => a + b)).toBeCloseTo(0, 5);
  expect(layer.reduce((a, b) => a + b * b, 0)).toBeCloseTo(4, 5);
  const rms = normalize(x, { kind: 'rms', weight: ones, bias: undefined, epsilon: 0 }).data;
  expect(rms[3] / rms[0]).toBeCloseTo(6, 5);
  expect(rms.reduce((a, b) => a + b * b, 0)).toBeCloseTo(4, 5);
});

test.each([
  // Values of torch.nn.functional at −1.5, 0 and 2.
  ['relu', [0, 0, 2]],
  ['gelu', [-0.10021, 0, 1.9545]],
  ['gelu_new', [-0.10042, 0, 1.954598]],
  ['swish', [-0.273639, 0, 1.761594]],
  ['tanh', [-0.905148, 0, 0.964028]],
])('%s', (name, expected) => {
  const found = activate(matrix(1, 3, new Float32Array([-1.5, 0, 2])), name).data;
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 4);
});

test('an activation that nobody knows is refused', () => {
  expect(() => activate(matrix(1, 1), 'constructor')).toThrow(/constructor/);
});
