import { ALIGNMENTS, HEAD_ORDERS, KINDS, MATRICES, PHASES, PICTURES } from './choices.ts';
import type { RunOffers, RunSummary, TokenInfo } from './run.ts';
import type { AttentionKind, MatrixChoice, Phase, SpecialTokens, Unit, ViewState, WhatIf } from './view-state.ts';

const UNITS: readonly Unit[] = ['words', 'pieces'];
const SPECIALS: readonly SpecialTokens[] = ['dim', 'show', 'hide'];

/**
 * The nearest state that the run has: kind, layer and head exist, the query is a row, and not one that is hidden
 * (as long as there is another). Anything that is not a number counts as 0; a choice that is none of its choices, as in
 * a state kept by an earlier version, becomes the first.
 */
export function clampView(state: ViewState, shape: RunShape): ViewState {
  const kind = shape[state.kind]?.layers > 0 ? state.kind : (KINDS.find((name) => shape[name].layers > 0) ?? 'cross');
  const { layers, heads, rows } = shape[kind];
  const special = oneOf(SPECIALS, state.special);
  const long = isLong(shape[kind]);
  return {
    kind,
    layer: state.layer === 'mean' ? 'mean' : clampIndex(state.layer, layers),
    head: state.head === 'mean' ? 'mean' : clampIndex(state.head, heads),
    query: nearestVisible(clampIndex(state.query, rows.length), special, rows),
    phase: oneOf(phasesOf(shape.offers), state.phase),
    unit: oneOf(UNITS, state.unit),
    special,
    // Lines, rollout and the model's alignment need whole matrices.
    picture: long ? 'heatmap' : oneOf(PICTURES, state.picture),
    matrix: long && state.matrix === 'rollout' ? 'attention' : oneOf(matricesOf(shape.offers), state.matrix),
    alignment: long && state.alignment === 'model' ? 'off' : oneOf(ALIGNMENTS, state.alignment),
    sort: oneOf(HEAD_ORDERS, state.sort),
    whatIf: clampWhatIf(state.whatIf, shape[kind]),
  };
}

/** The phases that a run has numbers for, in their order; Match is always one. */
export function phasesOf({ queriesAndKeys, values }: RunOffers): readonly Phase[] {
  return PHASES.filter((phase) => phase === 'match' || (phase === 'query' ? queriesAndKeys : values));
}

/** The matrices that a run has numbers for. */
export function matricesOf({ values }: RunOffers): readonly MatrixChoice[] {
  return MATRICES.filter((matrix) => matrix !== 'value' || values);
}

function oneOf<T>(choices: readonly T[], choice: T): T {
  return choices.includes(choice) ? choice : choices[0];
}

/** @returns the integer of 0 … count − 1 that is nearest to index; 0 where there is none */
function clampIndex(index: number, count: number): number {
  const whole = Number.isFinite(index) ? Math.trunc(index) : index === Number.POSITIVE_INFINITY ? count - 1 : 0;
  return Math.max(0, Math.min(count - 1, whole));
}

/** The row itself, or while special tokens are hidden the nearest that is not one. */
function nearestVisible(query: number, special: ViewState['special'], rows: KindShape['rows']): number {
  if (special !== 'hide') return query;
  for (let distance = 0; distance < rows.length; distance++) {
    for (const candidate of [query + distance, query - distance]) {
      if (rows[candidate] && !rows[candidate].special) return candidate;
    }
  }
  return query;
}

/**
 * What of a what-if the run has: pieces that exist, each once, ascending. A mask that would leave no key at all is
 * left out, and so is a row that is forced onto nothing.
 * @returns undefined when nothing would be changed
 */
function clampWhatIf(whatIf: WhatIf | undefined, { rows, keys }: KindShape): WhatIf | undefined {
  if (!whatIf) return undefined;
  const all = pieces(whatIf.mask, keys);
  const mask = all.length < keys ? all : [];
  const query = whatIf.force?.query;
  const forced = Number.isInteger(query) && query! >= 0 && query! < rows.length ? pieces(whatIf.force?.keys, keys) : [];
  if (forced.length > 0) return { mask, force: { query: query!, keys: forced } };
  return mask.length > 0 ? { mask } : undefined;
}

function pieces(list: readonly number[] | undefined, count: number): number[] {
  if (!Array.isArray(list)) return [];
  const known = list.filter((piece) => Number.isInteger(piece) && piece >= 0 && piece < count);
  return [...new Set<number>(known)].sort((a, b) => a - b);
}

/** A piece among the rows, as far as moving about is concerned. */
export interface RowShape {
  readonly word: number;
  readonly special: boolean;
}

/** What of one kind of attention there is to look at. */
export interface KindShape {
  readonly layers: number;
  readonly heads: number;
  readonly rows: readonly RowShape[];
  /** Pieces that can be attended to. */
  readonly keys: number;
}

/** The bounds of one run: layers, heads and rows by kind, and what it offers. A kind that the family lacks has 0 layers. */
export type RunShape = Readonly<Record<AttentionKind, KindShape>> & { readonly offers: RunOffers };

/** What the bounds of a run follow from. */
type Bounded = Pick<RunSummary, 'model' | 'offers' | 'sourceTokens' | 'targetTokens'>;

/** @returns the bounds that a ViewState of this run has to keep */
export function runShape(run: Bounded): RunShape {
  const { encoderLayers, encoderHeads, decoderLayers, decoderHeads } = run.model;
  const source = rowsOf(run.sourceTokens);
  const target = rowsOf(run.targetTokens);
  const both = encoderLayers > 0 && decoderLayers > 0;
  return {
    offers: run.offers,
    encoder: { layers: encoderLayers, heads: encoderHeads, rows: source, keys: source.length },
    decoder: { layers: decoderLayers, heads: decoderHeads, rows: target, keys: target.length },
    cross: { layers: both ? decoderLayers : 0, heads: both ? decoderHeads : 0, rows: target, keys: source.length },
  };
}

function rowsOf(tokens: readonly TokenInfo[]): RowShape[] {
  return tokens.map(({ word, special }) => ({ word, special }));
}

/**
 * Where an exploration opens: cross-attention, the head that the checkpoint names as the one that aligns (else the
 * first head of the last layer), the weights as a heatmap, whole words, and the first token that is no special one.
 */
export function initialView(run: Bounded): ViewState {
  const head = run.model.alignmentHead ?? { layer: run.model.decoderLayers - 1, head: 0 };
  const first = run.targetTokens.findIndex((token) => !token.special);
  return clampView(
    {
      kind: 'cross',
      layer: head.layer,
      head: head.head,
      query: Math.max(0, first),
      phase: 'match',
      unit: 'words',
      special: 'dim',
      picture: 'heatmap',
      matrix: 'attention',
      alignment: 'off',
      sort: 'layer',
      whatIf: undefined,
    },
    runShape(run),
  );
}

type TokenTexts = Pick<RunSummary, 'sourceTokens' | 'targetTokens'>;

/**
 * A state of one run to look at another in: a what-if names pieces, and is left behind where they are others.
 * @param from the run that the state was of; undefined where it is not known (a state that was kept with its pair)
 */
export function carryState(state: ViewState, from: TokenTexts | undefined, to: TokenTexts): ViewState {
  const alike = !from || (same(from.sourceTokens, to.sourceTokens) && same(from.targetTokens, to.targetTokens));
  return alike ? state : { ...state, whatIf: undefined };
}

function same(a: readonly TokenInfo[], b: readonly TokenInfo[]): boolean {
  return a.length === b.length && a.every(({ text }, i) => text === b[i].text);
}

/** Cells (pieces × pieces) above which a matrix is never made as a whole, but shown in tiles. */
export const TILED_ABOVE = 2 ** 18;

/** Whether the matrices of a kind are too large to be made as a whole. */
export function isLong({ rows, keys }: Pick<KindShape, 'rows' | 'keys'>): boolean {
  return rows.length * keys > TILED_ABOVE;
}
