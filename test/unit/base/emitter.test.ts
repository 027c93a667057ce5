import { expect, test, vi } from 'vitest';
import { Emitter } from '../../../src/base/emitter.ts';

test('tells whoever is subscribed, in order, and nobody who has left', () => {
  const emitter = new Emitter<number>();
  const heard: string[] = [];
  const listener = (value: number) => heard.push(`a${value}`);
  const first = emitter.event(listener);
  const again = emitter.event(listener);
  emitter.event((value) => heard.push(`b${value}`));
  emitter.fire(1);
  first.dispose();
  emitter.fire(2);
  again.dispose();
  emitter.fire(3);
  emitter.dispose();
  emitter.fire(4);
  expect(heard).toEqual(['a1', 'a1', 'b1', 'a2', 'b2', 'b3']);
});

test('a listener that leaves while it is told takes nobody else along', () => {
  const emitter = new Emitter<void>();
  const heard: string[] = [];
  const first = emitter.event(() => {
    heard.push('first');
    first.dispose();
  });
  emitter.event(() => heard.push('second'));
  emitter.fire();
  emitter.fire();
  expect(heard).toEqual(['first', 'second', 'second']);
});

test('a listener that throws keeps nothing from the others; its error is reported as uncaught', () => {
  const reports: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (report: () => void) => reports.push(report));
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  emitter.event(() => {
    throw new Error('broken');
  });
  emitter.event((value) => heard.push(value));
  emitter.fire(1);
  vi.unstubAllGlobals();
  expect(heard).toEqual([1]);
  expect(reports).toHaveLength(1);
  expect(reports[0]).toThrow('broken');
});
