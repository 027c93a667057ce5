import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { patiently } from '../../../src/base/scheduling.ts';

let running: boolean;
let told: number;
let changed: ReturnType<typeof patiently>;

beforeEach(() => {
  vi.useFakeTimers();
  running = false;
  told = 0;
  changed = patiently(
    () => running,
    () => told++,
  );
});

afterEach(() => {
  changed.dispose();
  vi.useRealTimers();
});

test('what changes while nothing runs is told at once', () => {
  changed();
  changed();
  expect(told).toBe(2);
});

test('a run that is over in a blink is told once, when it is over', () => {
  running = true;
  for (let i = 0; i < 5; i++) changed();
  vi.advanceTimersByTime(60);
  expect(told).toBe(0);
  running = false;
  changed();
  vi.advanceTimersByTime(1000);
  expect(told).toBe(1);
});

test('a long run is told that it runs, and how far it is from time to time', () => {
  running = true;
  for (let i = 0; i < 100; i++) {
    changed();
    vi.advanceTimersByTime(10);
  }
  expect(told).toBeGreaterThanOrEqual(6);
  expect(told).toBeLessThanOrEqual(9);
});

test('nothing is told after it is done with', () => {
  running = true;
  changed();
  changed.dispose();
  vi.advanceTimersByTime(1000);
  expect(told).toBe(0);
});
