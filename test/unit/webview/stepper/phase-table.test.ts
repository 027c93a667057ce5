import { describe, expect, it } from 'vitest';
import { ALL_UP_TO, byWeight, STRONGEST, visibleKeys } from '../../../../webview/stepper/phase-table.ts';

/** Weights that fall and rise, so that the strongest are not simply the first. */
const waves = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => (i * 37) % count);

describe('keys that a table shows', () => {
  it('are all while they are few, in the order of the text', () => {
    expect(visibleKeys(waves(ALL_UP_TO), false)).toEqual(Array.from({ length: ALL_UP_TO }, (_, i) => i));
  });

  it('are the strongest of many, still in the order of the text', () => {
    const weights = waves(101);
    const shown = visibleKeys(weights, false);
    expect(shown).toHaveLength(STRONGEST);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    const weakest = Math.min(...shown.map((key) => weights[key]));
    const left = Array.from(weights.keys()).filter((key) => !shown.includes(key));
    expect(Math.max(...left.map((key) => weights[key]))).toBeLessThan(weakest);
  });

  it('are all of many once asked for', () => {
    expect(visibleKeys(waves(101), true)).toHaveLength(101);
  });

  it('are ranked by weight, ties by place', () => {
    expect(byWeight(new Float32Array([0.2, 0.5, 0.2, 0.1]))).toEqual([1, 0, 2, 3]);
    expect(byWeight(new Float32Array([1]))).toEqual([0]);
  });
});
