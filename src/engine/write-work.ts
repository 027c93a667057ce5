import { SHARED_KERNELS, type Work } from '../tensor/wasm/work-sharing.ts';

/** Numbers that all parts of a piece of work may take: kernels and their arguments. */
export const CAPACITY = 65536;

/**
 * Writes what a helper may take: how many parts, where each begins, then of each how many calls, and of a call its kernel, the
 * count of its arguments, and them.
 * @returns whether there was room
 */
export function writeWork(numbers: Float64Array, { parts, calls }: Work, thread: number): boolean {
  let at = 1 + parts;
  numbers[0] = parts;
  for (let part = 0; part < parts; part++) {
    const list = calls(part, thread);
    if (at + list.reduce((sum, { args }) => sum + 2 + args.length, 1) > CAPACITY) return false;
    numbers[1 + part] = at;
    numbers[at++] = list.length;
    for (const { kernel, args } of list) {
      numbers[at++] = SHARED_KERNELS.indexOf(kernel);
      numbers[at++] = args.length;
      for (const value of args) numbers[at++] = value;
    }
  }
  return true;
}
