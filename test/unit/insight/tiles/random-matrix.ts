import fc from 'fast-check';
import type { AttentionRecord } from '../../../../src/attention/attention-record.ts';
import { DistanceBias } from '../../../../src/attention/distance-bias.ts';
import type { AxisLabel } from '../../../../src/contract/view.ts';
import type { ViewState } from '../../../../src/contract/view-state.ts';
import { type Matrix, matrix } from '../../../../src/tensor/matrix.ts';

/** What a long matrix may be of: shapes, masks, bias, what-ifs, words, special tokens, one head or means. */
export interface Drawn {
  readonly records: readonly AttentionRecord[];
  readonly rows: readonly AxisLabel[];
  readonly cols: readonly AxisLabel[];
  readonly state: Pick<ViewState, 'kind' | 'layer' | 'head' | 'phase' | 'matrix'>;
  readonly seed: number;
}

export function drawn(most: number): fc.Arbitrary<Drawn> {
  return fc
    .record({
      t: fc.integer({ min: 1, max: most }),
      s: fc.integer({ min: 1, max: most }),
      dk: fc.integer({ min: 1, max: 9 }),
      heads: fc.integer({ min: 1, max: 3 }),
      layers: fc.integer({ min: 1, max: 2 }),
      causal: fc.boolean(),
      biased: fc.boolean(),
      padded: fc.boolean(),
      hidden: fc.boolean(),
      forced: fc.boolean(),
      words: fc.boolean(),
      hide: fc.boolean(),
      mean: fc.constantFrom('none', 'head', 'layer', 'both'),
      phase: fc.constantFrom('query' as const, 'match' as const, 'combine' as const),
      value: fc.boolean(),
      seed: fc.integer(),
    })
    .map((given) => {
      const s = given.causal ? Math.max(given.t, given.s) : given.s;
      const next = numbers(given.seed);
      const pick = (count: number) => Math.floor(next() * count);
      // Who is padding or hidden is so in every layer of a kind.
      const some = (given: boolean) =>
        given ? Uint8Array.from({ length: s }, () => (next() < 0.3 ? 1 : 0)) : undefined;
      const shared = { padding: some(given.padded), hidden: some(given.hidden) };
      const records = Array.from({ length: given.layers }, () => recordOf({ ...given, ...shared, s }, next, pick));
      return {
        records,
        rows: labels(given.t, given.words, given.hide, pick),
        cols: labels(s, given.words, given.hide, pick),
        state: {
          kind: 'cross' as const,
          layer: given.mean === 'layer' || given.mean === 'both' ? ('mean' as const) : pick(given.layers),
          head: given.mean === 'head' || given.mean === 'both' ? ('mean' as const) : pick(given.heads),
          phase: given.phase,
          matrix: given.value ? ('value' as const) : ('attention' as const),
        },
        seed: given.seed,
      };
    });
}

interface Sizes {
  readonly t: number;
  readonly s: number;
  readonly dk: number;
  readonly heads: number;
  readonly causal: boolean;
  readonly biased: boolean;
  readonly padding: Uint8Array | undefined;
  readonly hidden: Uint8Array | undefined;
  readonly forced: boolean;
}

function recordOf(
  { t, s, dk, heads, causal, biased, padding, hidden, forced }: Sizes,
  next: () => number,
  pick: (count: number) => number,
): AttentionRecord {
  const filled = (rows: number, cols: number, scale = 1): Matrix =>
    matrix(
      rows,
      cols,
      Float32Array.from({ length: rows * cols }, () => scale * (2 * next() - 1)),
    );
  const change = {
    hidden,
    forced: forced ? { heads: [pick(heads)], query: pick(t), keys: [...new Set([pick(s), pick(s)])] } : undefined,
  };
  const width = heads * dk;
  return {
    input: matrix(t, 0),
    q: filled(t, width, 3),
    k: filled(s, width, 2),
    v: filled(s, width),
    heads,
    divisor: Math.sqrt(dk),
    causal,
    bias: biased ? new DistanceBias(filled(heads, t + s - 1, 2), t, s) : undefined,
    ...(padding ? { padding } : {}),
    ...(hidden || forced ? { change } : {}),
    outputWeight: filled(width, 5),
    outputBias: undefined,
    output: matrix(t, 5),
  };
}

/** Pieces, or words of one to three; some are special, and left out where those are hidden. */
function labels(pieces: number, words: boolean, hide: boolean, pick: (count: number) => number): AxisLabel[] {
  const all: AxisLabel[] = [];
  for (let from = 0; from < pieces; ) {
    const to = Math.min(pieces, from + (words ? 1 + pick(3) : 1));
    all.push({ text: `${from}`, from, to, start: 0, end: 0, special: pick(8) === 0 });
    from = to;
  }
  const left = all.filter(({ special }) => !hide || !special);
  return left.length === 0 ? all : left;
}

/** Seeded numbers in [0, 1): mulberry32. */
function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
