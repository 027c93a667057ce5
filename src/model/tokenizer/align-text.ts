import { MappedBuilder } from './mapped-builder.ts';
import type { MappedText } from './mapped-text.ts';

/** How far to look for a place where the two texts agree again. */
const REACH = 48;
/** Units that must agree there, so that a chance letter does not count. */
const AGREE = 3;

/**
 * Last resort when a normalizer cannot be followed part by part: walks both texts, copies what agrees, and lets each
 * stretch that differs stand for the stretch that it replaces. Always monotone.
 */
export function alignText(before: MappedText, after: string): MappedText {
  const builder = new MappedBuilder(before);
  const a = before.text;
  let i = 0;
  let j = 0;
  while (i < a.length && j < after.length) {
    if (a[i] === after[j]) {
      builder.copy(i, ++i);
      j++;
      continue;
    }
    const [di, dj] = resync(a, i, after, j);
    builder.spread(i, i + di, after.slice(j, j + dj));
    i += di;
    j += dj;
  }
  if (j < after.length) builder.spread(i, a.length, after.slice(j));
  return builder.build();
}

function resync(a: string, i: number, b: string, j: number): [number, number] {
  for (let sum = 1; sum <= 2 * REACH; sum++) {
    for (let di = Math.max(0, sum - REACH); di <= Math.min(sum, REACH); di++) {
      if (agrees(a, i + di, b, j + sum - di)) return [di, sum - di];
    }
  }
  return [a.length - i, b.length - j];
}

function agrees(a: string, i: number, b: string, j: number): boolean {
  if (i > a.length || j > b.length) return false;
  for (let k = 0; k < AGREE; k++) {
    if (i + k === a.length && j + k === b.length) return k > 0 || (i === a.length && j === b.length);
    if (i + k >= a.length || j + k >= b.length || a[i + k] !== b[j + k]) return false;
  }
  return true;
}
