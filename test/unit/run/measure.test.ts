import { describe, expect, it } from 'vitest';
import { abortError } from '../../../src/base/scheduling.ts';
import type { Measurement } from '../../../src/contract/run.ts';
import { measure } from '../../../src/run/measure.ts';

const REQUEST = { heads: 2, headWidth: 8, sources: 12, lengths: [16, 32] };
const go = async () => undefined;

describe('measure', () => {
  it('times every method at every length; cross keeps its sources', async () => {
    const points: Measurement[] = [];
    await measure(REQUEST, (point) => void points.push(point), go);
    expect(points).toHaveLength(10);
    for (const { method, targets, sources, milliseconds } of points) {
      expect(sources).toBe(method === 'cross' ? 12 : targets);
      expect(milliseconds).toBeGreaterThan(0);
    }
  });

  it('ends the ladder of a method whose call took over a second', async () => {
    // A clock by which every call takes 600 ms a head: two heads are over a second.
    let now = 0;
    const points: Measurement[] = [];
    await measure(
      REQUEST,
      (point) => void points.push(point),
      go,
      () => (now += 600),
    );
    expect(points.map(({ targets }) => targets)).toEqual([16, 16, 16, 16, 16]);
    expect(points[0].milliseconds).toBe(1200);
  });

  it('stops when cancelled, points so far told', async () => {
    const points: Measurement[] = [];
    const cancel = async () => {
      if (points.length === 3) throw abortError();
    };
    await expect(measure(REQUEST, (point) => void points.push(point), cancel)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(points).toHaveLength(3);
  });
});
