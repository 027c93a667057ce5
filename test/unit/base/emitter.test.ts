import { expect, test } from 'vitest';
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
