import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LruMap } from '../../../src/base/lru-map.ts';

test('forgets what was not used for longest; looking without using does not count', () => {
  const map = new LruMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.get('a')).toBe(1);
  expect(map.peek('b')).toBe(2);
  map.set('c', 3);
  expect([...map.keys()]).toEqual(['a', 'c']);
});

test('holds as much as its bound says, and always the value set last', () => {
  const gone: string[] = [];
  const map = new LruMap<string, number>(
    10,
    (value) => value,
    (_, key) => gone.push(key),
  );
  map.set('a', 4);
  map.set('b', 6);
  map.set('c', 1);
  expect(gone).toEqual(['a']);
  map.set('d', 99);
  expect([...map.keys()]).toEqual(['d']);
  map.set('d', 3);
  map.set('e', 7);
  expect([...map.keys()]).toEqual(['d', 'e']);
});

test('is what a list of uses would be, for any sequence of calls', () => {
  const call = fc.record({ key: fc.nat(5), what: fc.constantFrom('get', 'set', 'delete', 'peek') });
  fc.assert(
    fc.property(fc.array(call), fc.integer({ min: 1, max: 4 }), (calls, most) => {
      const map = new LruMap<number, number>(most);
      let list: [number, number][] = [];
      for (const [at, { key, what }] of calls.entries()) {
        const entry = list.find(([one]) => one === key);
        if (what === 'peek') expect(map.peek(key)).toBe(entry?.[1]);
        if (what === 'get') expect(map.get(key)).toBe(entry?.[1]);
        if (what === 'delete') expect(map.delete(key)).toBe(entry !== undefined);
        if (what === 'set') map.set(key, at);
        if (what !== 'peek') list = list.filter(([one]) => one !== key);
        if (what === 'get' && entry) list.push(entry);
        if (what === 'set') list.push([key, at]);
        list = list.slice(-most);
        expect([...map.keys()]).toEqual(list.map(([one]) => one));
        expect(map.size).toBe(list.length);
      }
    }),
    { seed: 4 },
  );
});
