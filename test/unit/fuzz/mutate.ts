import fc from 'fast-check';

/** Values that no key expects. */
export const JUNK: readonly unknown[] = [
  null,
  -1,
  0,
  1,
  0.5,
  7,
  2 ** 24,
  2 ** 31,
  2 ** 53,
  1e300,
  -1e-300,
  '',
  'x',
  '__proto__',
  'constructor',
  '(a+)+$',
  '▁'.repeat(300),
  true,
  false,
  [],
  [[]],
  [-1],
  [0, 1e9],
  {},
  { a: 1 },
  { Regex: '(a|a)*b' },
  { String: '' },
  [['a', 0]],
];

/** A change of bytes: some overwritten, some cut out, some put in. */
export const byteChange = fc.record({
  writes: fc.array(fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) }), { maxLength: 6 }),
  cut: fc.option(fc.record({ at: fc.nat(), count: fc.integer({ min: 1, max: 64 }) }), { nil: undefined }),
  insert: fc.option(fc.record({ at: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }) }), {
    nil: undefined,
  }),
});

export type ByteChange = typeof byteChange extends fc.Arbitrary<infer T> ? T : never;

/** @param within only bytes before this one are changed */
export function changeBytes(bytes: Uint8Array, { writes, cut, insert }: ByteChange, within = bytes.length): Uint8Array {
  let out = bytes.slice();
  for (const { at, to } of writes) out[at % within] = to;
  if (cut !== undefined) {
    const from = cut.at % within;
    out = Uint8Array.from([...out.subarray(0, from), ...out.subarray(from + cut.count)]);
  }
  if (insert !== undefined) {
    const from = insert.at % Math.min(within, out.length || 1);
    out = Uint8Array.from([...out.subarray(0, from), ...insert.bytes, ...out.subarray(from)]);
  }
  return out;
}

/** A change of a JSON value: somewhere in it, junk, nothing, or a copy of something else. */
export const jsonChange = fc.record({
  path: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
  how: fc.oneof(
    fc.record({ type: fc.constant('junk' as const), value: fc.constantFrom(...JUNK) }),
    fc.record({ type: fc.constant('drop' as const) }),
    fc.record({ type: fc.constant('copy' as const), from: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }) }),
    fc.record({ type: fc.constant('nest' as const), depth: fc.integer({ min: 1, max: 40 }) }),
  ),
});

export type JsonChange = typeof jsonChange extends fc.Arbitrary<infer T> ? T : never;

/** @returns a changed copy */
export function changeJson(json: unknown, { path, how }: JsonChange): unknown {
  const copy = structuredClone(json);
  const at = follow(copy, path);
  if (at === undefined) return copy;
  const { parent, key } = at;
  const box = parent as Record<string | number, unknown>;
  if (how.type === 'junk') box[key] = structuredClone(how.value);
  else if (how.type === 'drop') {
    if (Array.isArray(parent)) parent.splice(key as number, 1);
    else delete box[key];
  } else if (how.type === 'copy') {
    const from = follow(json, how.from);
    if (from !== undefined) box[key] = structuredClone((from.parent as Record<string | number, unknown>)[from.key]);
  } else
    for (let i = 0; i < how.depth; i++) box[key] = i % 2 ? [box[key]] : { type: 'Sequence', normalizers: [box[key]] };
  return copy;
}

/** The place that a path of numbers leads to: each picks a key of what is there, as long as there are any. */
function follow(json: unknown, path: readonly number[]): { parent: object; key: string | number } | undefined {
  let parent: unknown = json;
  let place: { parent: object; key: string | number } | undefined;
  for (const step of path) {
    if (typeof parent !== 'object' || parent === null) break;
    const keys: (string | number)[] = Array.isArray(parent) ? [...parent.keys()] : Object.keys(parent);
    if (keys.length === 0) break;
    const key = keys[step % keys.length];
    place = { parent, key };
    parent = (parent as Record<string | number, unknown>)[key];
  }
  return place;
}
