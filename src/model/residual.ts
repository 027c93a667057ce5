import { add, type Matrix } from '../tensor/matrix.ts';
import { normalize } from '../tensor/normalize.ts';
import type { Norm } from '../tensor/parameters.ts';
import type { Stack } from './transformer/network.ts';

/** x + f(norm(x)) or norm(x + f(x)). */
export function residual(stack: Stack, x: Matrix, norm: Norm, f: (input: Matrix) => Matrix): Matrix {
  return leaving(stack, x, norm, f(entering(stack, x, norm)));
}

/** What f is given. */
export function entering({ normBefore }: Stack, x: Matrix, norm: Norm): Matrix {
  return normBefore ? normalize(x, norm) : x;
}

/** What becomes of what f gave. */
export function leaving({ normBefore }: Stack, x: Matrix, norm: Norm, result: Matrix): Matrix {
  return normBefore ? add(x, result) : normalize(add(x, result), norm);
}
