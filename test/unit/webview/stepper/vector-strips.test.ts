import { describe, expect, it } from 'vitest';
import { lengthOf, reach, rowOf, unitFor } from '../../../../webview/stepper/vector-strips.ts';

describe('vectors of the stepper', () => {
  it('are rows of a flat array, shared and not copied', () => {
    const flat = new Float32Array([1, 2, 3, 4, 5, 6]);
    expect([...rowOf(flat, 1, 3)]).toEqual([4, 5, 6]);
    expect(rowOf(flat, 1, 3).buffer).toBe(flat.buffer);
  });

  it('share one scale, that of the greatest magnitude, never 0', () => {
    expect(reach(new Float32Array([1, -7]), new Float32Array([3]))).toBe(7);
    expect(reach(new Float32Array(4))).toBeGreaterThan(0);
  });

  it('have a length', () => {
    expect(lengthOf(new Float32Array([3, -4]))).toBe(5);
    expect(lengthOf(new Float32Array(0))).toBe(0);
  });

  it('get whole pixels while they fit, at most so many, and never more room than there is', () => {
    expect(unitFor(160, 32, 10)).toBe(5);
    expect(unitFor(700, 32, 10)).toBe(10);
    for (const [space, count] of [
      [376, 512],
      [112, 128],
      [376, 192],
    ])
      expect(unitFor(space, count, 6) * count).toBeLessThanOrEqual(space);
    expect(unitFor(-20, 64, 5)).toBeGreaterThan(0);
  });
});
