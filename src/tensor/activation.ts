import { kernels } from './kernels.ts';
import type { Matrix } from './matrix.ts';

const ACTIVATIONS: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  gelu_new: geluTanh,
  gelu_pytorch_tanh: geluTanh,
  gelu_fast: geluTanh,
  swish: silu,
  silu,
  tanh: Math.tanh,
};

/** Names as config.json has them. */
export const ACTIVATION_NAMES: readonly string[] = Object.keys(ACTIVATIONS);

/**
 * Applies an activation to every value, in place.
 * @param name one of ACTIVATION_NAMES    @throws RangeError for another name
 */
export function activate(m: Matrix, name: string): Matrix {
  if (!Object.hasOwn(ACTIVATIONS, name)) throw new RangeError(`activate: no activation ‘${name}’`);
  if (kernels()?.activate(m, name)) return m;
  const f = ACTIVATIONS[name];
  for (let i = 0; i < m.data.length; i++) m.data[i] = f(m.data[i]);
  return m;
}

function silu(x: number): number {
  return x / (1 + Math.exp(-x));
}

/** Hendrycks & Gimpel 2016, the tanh approximation. */
function geluTanh(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

/** Error function, to 1.2e-7. Source: Numerical Recipes, erfcc (Chebyshev fit). */
function erf(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const p =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t *
                  (-0.18628806 +
                    t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const tail = t * Math.exp(-x * x + p);
  return x >= 0 ? 1 - tail : tail - 1;
}
