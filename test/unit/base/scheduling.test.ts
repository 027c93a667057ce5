import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  abortError,
  drain,
  drainWithPauses,
  encodeInSlices,
  isAbort,
  throttleWhileRunning,
} from '../../../src/base/scheduling.ts';

describe('throttling while something runs', () => {
  let running: boolean;
  let told: number;
  let changed: ReturnType<typeof throttleWhileRunning>;

  beforeEach(() => {
    vi.useFakeTimers();
    running = false;
    told = 0;
    changed = throttleWhileRunning(
      () => running,
      () => told++,
    );
  });

  afterEach(() => {
    changed.dispose();
    vi.useRealTimers();
  });

  it('what changes while nothing runs is told at once', () => {
    changed();
    changed();
    expect(told).toBe(2);
  });

  it('a run that is over in a blink is told once, when it is over', () => {
    running = true;
    for (let i = 0; i < 5; i++) changed();
    vi.advanceTimersByTime(60);
    expect(told).toBe(0);
    running = false;
    changed();
    vi.advanceTimersByTime(1000);
    expect(told).toBe(1);
  });

  it('a long run is told that it runs, and how far it is from time to time', () => {
    running = true;
    for (let i = 0; i < 100; i++) {
      changed();
      vi.advanceTimersByTime(10);
    }
    expect(told).toBeGreaterThanOrEqual(6);
    expect(told).toBeLessThanOrEqual(9);
  });

  it('nothing is told after it is done with', () => {
    running = true;
    changed();
    changed.dispose();
    vi.advanceTimersByTime(1000);
    expect(told).toBe(0);
  });
});

describe('encoding in slices', () => {
  it('gives the bytes that encoding at once gives, whatever is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, part) => {
          expect(await encodeInSlices(text, part)).toEqual(new TextEncoder().encode(text));
        },
      ),
      { seed: 5 },
    );
  });

  it('leaves halves of characters what they are: unknown', async () => {
    for (const text of ['', '\ud83d', 'a\ud83d', '\ude00a', '\ud83d\ud83d\ude00'])
      expect(await encodeInSlices(text, 1)).toEqual(new TextEncoder().encode(text));
  });
});

describe('draining a generator', () => {
  function* counting(to: number): Generator<undefined, number, undefined> {
    for (let i = 0; i < to; i++) yield;
    return to;
  }

  it('gives what it returns, and pauses as often as it yields', async () => {
    let pauses = 0;
    expect(drain(counting(3))).toBe(3);
    expect(await drainWithPauses(counting(3), () => void pauses++)).toBe(3);
    expect(pauses).toBe(3);
  });

  it('stops where a pause throws', async () => {
    const stopped = drainWithPauses(counting(3), () => {
      throw abortError();
    });
    expect(await stopped.catch(isAbort)).toBe(true);
    expect(isAbort(new Error('AbortError'))).toBe(false);
  });
});
