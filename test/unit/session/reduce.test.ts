import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelInfo } from '../../../src/contract/model-info.ts';
import type { RunOffers, TokenInfo } from '../../../src/contract/run.ts';
import { carryState, clampView, initialView, type RunShape, runShape } from '../../../src/contract/state-bounds.ts';
import type { Action, ViewState, WhatIf } from '../../../src/contract/view-state.ts';
import { reduce } from '../../../src/session/reduce.ts';

const tokens = (text: string): TokenInfo[] => {
  // 'a b+c </s>': a space starts a word, + continues one, <…> is special
  let word = -1;
  return text.split(/(?=[ +])/).map((piece, id) => {
    if (!piece.startsWith('+')) word++;
    const bare = piece.replace(/^[ +]/, '');
    return { id, text: bare, start: id, end: id + 1, special: bare.startsWith('<'), word };
  });
};

const model = { encoderLayers: 2, encoderHeads: 4, decoderLayers: 3, decoderHeads: 6 } as ModelInfo;
const offers: RunOffers = { queriesAndKeys: true, values: true, whatIf: true, generation: true };
const run = {
  model,
  offers,
  sourceTokens: tokens('<tag> I like ice+cream </s>'),
  targetTokens: tokens('wo+men chi </s>'),
};
const shape = runShape(run);
const start = initialView(run);
const after = (state: ViewState, ...types: Action['type'][]) =>
  types.reduce((now, type) => reduce(now, { type } as Action, shape), state);

describe('initialView', () => {
  it('opens on the last layer of cross-attention, weights, words, first real token', () => {
    expect(start).toEqual({
      kind: 'cross',
      layer: 2,
      head: 0,
      query: 0,
      phase: 'match',
      unit: 'words',
      special: 'dim',
      picture: 'heatmap',
      matrix: 'attention',
      alignment: 'off',
      sort: 'layer',
    });
  });
  it('opens on the head that the checkpoint names', () => {
    const named = initialView({ ...run, model: { ...model, alignmentHead: { layer: 1, head: 5 } } });
    expect([named.layer, named.head]).toEqual([1, 5]);
  });
  it('skips a leading special token', () => {
    expect(initialView({ ...run, targetTokens: tokens('<s> a b') }).query).toBe(1);
  });
  it('opens a model without an encoder on what it has', () => {
    const decoderOnly = { ...run, model: { ...model, encoderLayers: 0, encoderHeads: 0 } };
    expect(initialView(decoderOnly).kind).toBe('decoder');
  });
});

describe('reduce', () => {
  it("goes query, match, combine, then the next word's query", () => {
    const one = after(start, 'nextPhase');
    expect([one.query, one.phase]).toEqual([0, 'combine']);
    const two = after(one, 'nextPhase');
    expect([two.query, two.phase]).toEqual([2, 'query']);
    const back = after(two, 'previousPhase');
    expect([back.query, back.phase]).toEqual([0, 'combine']);
  });
  it('stays at the last combine and at the first query', () => {
    const last = after(start, ...Array<'nextPhase'>(20).fill('nextPhase'));
    expect([last.query, last.phase]).toEqual([3, 'combine']);
    const first = after(last, ...Array<'previousPhase'>(20).fill('previousPhase'));
    expect([first.query, first.phase]).toEqual([0, 'query']);
  });
  it('moves by word in words, by piece in pieces', () => {
    expect(after(start, 'nextToken').query).toBe(2);
    const pieces = reduce(start, { type: 'setUnit', unit: 'pieces' }, shape);
    expect(after(pieces, 'nextToken').query).toBe(1);
  });
  it('moving back lands on the first piece of the word', () => {
    const encoder = reduce(start, { type: 'setKind', kind: 'encoder' }, shape);
    expect(encoder.query).toBe(1);
    const atEnd = reduce(encoder, { type: 'setQuery', query: 5 }, shape);
    expect(after(atEnd, 'previousToken').query).toBe(3);
  });
  it('skips tokens that are hidden', () => {
    const hidden = reduce(start, { type: 'setSpecial', special: 'hide' }, shape);
    expect(after(hidden, 'nextToken', 'nextToken', 'nextToken').query).toBe(2);
    expect(reduce(hidden, { type: 'setQuery', query: 3 }, shape).query).toBe(2);
  });
  it('keeps the query between cross and decoder, and layers within the kind', () => {
    const there = reduce(
      reduce(start, { type: 'setQuery', query: 2 }, shape),
      { type: 'setKind', kind: 'decoder' },
      shape,
    );
    expect(there.query).toBe(2);
    expect(reduce(there, { type: 'setKind', kind: 'encoder' }, shape).layer).toBe(1);
  });
  it('sets layer and head in one go', () => {
    expect(reduce(start, { type: 'setHead', layer: 0, head: 3 }, shape)).toMatchObject({ layer: 0, head: 3 });
  });
});

describe('what a run does not offer', () => {
  const shapeWith = (lacking: Partial<RunOffers>) => runShape({ ...run, offers: { ...offers, ...lacking } });
  it('is no phase to go to: the others follow each other, and the next word comes after the last of them', () => {
    const weightsOnly = shapeWith({ queriesAndKeys: false, values: false });
    const next = reduce(start, { type: 'nextPhase' }, weightsOnly);
    expect([next.query, next.phase]).toEqual([2, 'match']);
    const back = reduce(next, { type: 'previousPhase' }, weightsOnly);
    expect([back.query, back.phase]).toEqual([0, 'match']);
    expect(reduce(start, { type: 'setPhase', phase: 'combine' }, weightsOnly).phase).toBe('match');
    const noQueries = shapeWith({ queriesAndKeys: false });
    expect(reduce({ ...start, phase: 'combine' }, { type: 'nextPhase' }, noQueries)).toMatchObject({
      query: 2,
      phase: 'match',
    });
  });
  it('is no matrix to show: value-weighted attention needs the values', () => {
    const matrix = (lacking: Partial<RunOffers>) =>
      reduce(start, { type: 'setMatrix', matrix: 'value' }, shapeWith(lacking)).matrix;
    expect([matrix({}), matrix({ values: false })]).toEqual(['value', 'attention']);
  });
  it('is nothing to try out: a what-if that is there stays, and can be taken back', () => {
    const recorded = shapeWith({ whatIf: false });
    const state = { ...start, whatIf: { mask: [1] } };
    const other = reduce(state, { type: 'setWhatIf', whatIf: { mask: [2] } }, recorded);
    expect(other.whatIf).toEqual({ mask: [1] });
    expect(reduce(other, { type: 'clearWhatIf' }, recorded).whatIf).toBeUndefined();
  });
});

describe('what-ifs', () => {
  const shapes = runShape(run);
  const set = (whatIf: WhatIf, from = start) => reduce(from, { type: 'setWhatIf', whatIf }, shapes);
  it('keep pieces that the run has, once and in order', () => {
    expect(set({ mask: [4, 1, 4, 99, -1, 1.5] }).whatIf).toEqual({ mask: [1, 4] });
    expect(set({ mask: [], force: { query: 2, keys: [5, 0, 6] } }).whatIf).toEqual({
      mask: [],
      force: { query: 2, keys: [0, 5] },
    });
  });
  it('that would change nothing are none: no keys, all keys, no such row', () => {
    expect(set({ mask: [] }).whatIf).toBeUndefined();
    expect(set({ mask: [0, 1, 2, 3, 4, 5] }).whatIf).toBeUndefined();
    expect(set({ mask: [], force: { query: 4, keys: [0] } }).whatIf).toBeUndefined();
    expect(set({ mask: [], force: { query: 1, keys: [] } }).whatIf).toBeUndefined();
    expect(reduce(set({ mask: [1] }), { type: 'clearWhatIf' }, shapes).whatIf).toBeUndefined();
  });
  it('keep the mask where another kind has the same keys, and the forced row in its own kind alone', () => {
    const both = set({ mask: [2], force: { query: 1, keys: [3] } });
    const to = (kind: 'encoder' | 'decoder' | 'cross') => reduce(both, { type: 'setKind', kind }, shapes).whatIf;
    expect(to('encoder')).toEqual({ mask: [2] });
    expect(to('decoder')).toBeUndefined();
    expect(to('cross')).toEqual(both.whatIf);
  });
  it('stay while layers, heads, queries and phases change', () => {
    const masked = set({ mask: [2] });
    const after = reduce(reduce(masked, { type: 'setHead', head: 1, layer: 0 }, shapes), { type: 'nextPhase' }, shapes);
    expect(after.whatIf).toEqual({ mask: [2] });
  });
});

describe('carryState', () => {
  const state = { ...start, whatIf: { mask: [1] } };
  it('takes a what-if along to the same pieces, and leaves it behind where they are others', () => {
    expect(carryState(state, run, { ...run })).toEqual(state);
    expect(carryState(state, undefined, run)).toEqual(state);
    expect(
      carryState(state, run, { ...run, sourceTokens: tokens('<tag> we like ice+cream </s>') }).whatIf,
    ).toBeUndefined();
    expect(carryState(state, run, { ...run, targetTokens: tokens('wo+men </s>') }).whatIf).toBeUndefined();
  });
});

describe('a state of an earlier version or another hand', () => {
  it('opens with the first of each choice that it lacks', () => {
    const { picture, matrix, alignment, sort, whatIf, ...old } = start;
    expect(clampView(old as ViewState, shape)).toEqual(start);
    const strange = { ...start, picture: 'pie', matrix: 7, alignment: null, sort: {}, whatIf: { mask: 'all' } };
    expect(clampView(strange as never, shape)).toEqual(start);
  });
});

const index = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1.5));
const orMean = fc.oneof(index, fc.constant('mean' as const));
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('setKind' as const), kind: fc.constantFrom('cross', 'encoder', 'decoder') }),
  fc.record({ type: fc.constant('setLayer' as const), layer: orMean }),
  fc.record({ type: fc.constant('setHead' as const), head: orMean, layer: fc.option(orMean, { nil: undefined }) }),
  fc.record({ type: fc.constant('setQuery' as const), query: index }),
  fc.record({ type: fc.constant('setPhase' as const), phase: fc.constantFrom('query', 'match', 'combine') }),
  fc.record({ type: fc.constant('setUnit' as const), unit: fc.constantFrom('words', 'pieces') }),
  fc.record({ type: fc.constant('setSpecial' as const), special: fc.constantFrom('show', 'dim', 'hide') }),
  fc.record({ type: fc.constant('setPicture' as const), picture: fc.constantFrom('heatmap', 'lines') }),
  fc.record({ type: fc.constant('setMatrix' as const), matrix: fc.constantFrom('attention', 'value', 'rollout') }),
  fc.record({ type: fc.constant('setAlignment' as const), alignment: fc.constantFrom('off', 'argmax', 'model') }),
  fc.record({ type: fc.constant('setSort' as const), sort: fc.constantFrom('layer', 'sharpest', 'diagonal', 'sink') }),
  fc.record({
    type: fc.constant('setWhatIf' as const),
    whatIf: fc.record(
      { mask: fc.array(index), force: fc.record({ query: index, keys: fc.array(index) }) },
      { requiredKeys: ['mask'] },
    ),
  }),
  fc.constant({ type: 'clearWhatIf' as const }),
  ...(['nextPhase', 'previousPhase', 'nextToken', 'previousToken'] as const).map((type) => fc.constant({ type })),
) as fc.Arbitrary<Action>;

const anyTokens = fc
  .array(fc.record({ special: fc.boolean(), newWord: fc.boolean() }), { minLength: 1, maxLength: 8 })
  .map((list) => {
    let word = 0;
    let wasSpecial = false;
    return list.map(({ special, newWord }, id): TokenInfo => {
      if (special || wasSpecial || newWord) word++;
      wasSpecial = special;
      return { id, text: `${id}`, start: id, end: id + 1, special, word };
    });
  });

describe('any sequence of actions', () => {
  it('leaves a state that the run has (seed 7, 500 runs)', () => {
    fc.assert(
      fc.property(
        anyTokens,
        anyTokens,
        fc.array(anyAction, { maxLength: 30 }),
        (sourceTokens, targetTokens, actions) => {
          const anyShape = runShape({ model, offers, sourceTokens, targetTokens });
          let state = initialView({ model, offers, sourceTokens, targetTokens });
          for (const action of actions) {
            state = reduce(state, action, anyShape);
            expectValid(state, anyShape);
          }
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
  it('next then previous token returns to the same word (seed 8)', () => {
    fc.assert(
      fc.property(anyTokens, fc.nat(7), fc.constantFrom('words', 'pieces'), (targetTokens, query, unit) => {
        const anyShape = runShape({ model, offers, sourceTokens: targetTokens, targetTokens });
        const state = reduce({ ...start, unit: unit as 'words' }, { type: 'setQuery', query }, anyShape);
        const next = reduce(state, { type: 'nextToken' }, anyShape);
        if (next.query === state.query) return;
        const back = reduce(next, { type: 'previousToken' }, anyShape);
        expect(targetTokens[back.query].word).toBe(targetTokens[state.query].word);
      }),
      { seed: 8 },
    );
  });
});

function expectValid(state: ViewState, of: RunShape): void {
  const { layers, heads, rows } = of[state.kind];
  const inRange = (value: number | 'mean', count: number) =>
    value === 'mean' || (Number.isInteger(value) && value >= 0 && value < count);
  expect(inRange(state.layer, layers)).toBe(true);
  expect(inRange(state.head, heads)).toBe(true);
  expect(state.query !== ('mean' as never) && inRange(state.query, rows.length)).toBe(true);
  const { mask, force } = state.whatIf ?? { mask: [] };
  for (const piece of [...mask, ...(force?.keys ?? [])]) expect(inRange(piece, of[state.kind].keys)).toBe(true);
  if (state.whatIf) {
    expect(mask.length).toBeLessThan(of[state.kind].keys);
    expect(mask.length + (force?.keys.length ?? 0)).toBeGreaterThan(0);
    if (force) expect(inRange(force.query, rows.length)).toBe(true);
  }
  if (state.special === 'hide' && rows.some((row) => !row.special)) expect(rows[state.query].special).toBe(false);
}
