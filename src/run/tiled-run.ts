import { LruMap } from '../base/lru-map.ts';
import { drainWithPauses } from '../base/scheduling.ts';
import { type MatrixOf, TILE_SIZE } from '../contract/choices.ts';
import type { RunSummary } from '../contract/run.ts';
import { clampView, runShape } from '../contract/state-bounds.ts';
import type { LineRequest, Tile, TiledInfo, TiledSummary, TilePlace } from '../contract/tiles.ts';
import type { ViewState } from '../contract/view-state.ts';
import { axesOf, axisLabels } from '../insight/axes.ts';
import { MATRIX_OF, selectedHeads } from '../insight/state-selection.ts';
import { LongMatrix, type LongMatrixOptions } from '../insight/tiles/long-matrix.ts';
import { spansOf } from '../insight/tiles/row-request.ts';
import { TiledMatrix } from '../insight/tiles/tiled-matrix.ts';
import type { RunResult } from './run-result.ts';
import { whatIfRun } from './what-if.ts';

/**
 * The tiled matrix of what a state shows of a run; nothing is computed yet.
 * @param state clamped to the run    @param changed the run with the state's what-if, where there is one
 */
export function tiledMatrixOf(run: RunResult, state: ViewState, changed?: RunResult): TiledMatrix {
  const shown = changed ? state : { ...state, whatIf: undefined };
  const info = tiledInfo(run.summary, shown);
  return new TiledMatrix(info, { ...lookOf(changed ?? run, shown), of: info.of });
}

/** Weights of one displayed row alone, [cols], without a tiled matrix. @param run the one that is shown */
export function displayedRow(run: RunResult, state: ViewState, row: number): Float32Array {
  return new LongMatrix({ ...lookOf(run, state), of: 'weight', kept: false }).stripe([row]).weights.slice();
}

function lookOf(
  run: RunResult,
  { kind, layer, head, unit, special }: ViewState,
): Pick<LongMatrixOptions, 'heads' | 'rows' | 'cols'> {
  const axes = axesOf(run.summary, kind);
  const spans = ({ tokens, text }: (typeof axes)['rows']) =>
    spansOf(axisLabels(tokens, text, unit, special), tokens.length);
  return { heads: selectedHeads(run.pass[kind], { layer, head }), rows: spans(axes.rows), cols: spans(axes.cols) };
}

/**
 * The tiles of the matrix that a state shows of a run. Rollout is a product of whole matrices and has none: then it is that
 * of the phase.
 * @param state clamped to the run; its what-if counts only where it is one that was run
 */
export function tiledInfo(summary: RunSummary, state: ViewState): TiledInfo {
  const { kind, layer, head, unit, special, whatIf } = state;
  const of: MatrixOf = state.matrix === 'value' ? 'value' : MATRIX_OF[state.phase];
  const axes = axesOf(summary, kind);
  const rows = axisLabels(axes.rows.tokens, axes.rows.text, unit, special).length;
  const cols = axisLabels(axes.cols.tokens, axes.cols.text, unit, special).length;
  const name = [summary.runId, kind, layer, head, unit, special === 'hide' ? 'hide' : 'show', of];
  const id = whatIf === undefined ? name.join(' ') : `${name.join(' ')} ${JSON.stringify(whatIf)}`;
  return { id, of, rows, cols, top: Math.max(0, Math.ceil(Math.log2(Math.max(rows, cols, 1) / TILE_SIZE))) };
}

/** Milliseconds between pictures of what is still being computed. */
const EVERY = 120;

/**
 * Computes a tiled matrix and tells what becomes of the places in sight: those of the base and above as soon as every part of the
 * picture has something, and again as it fills in; finer ones once, exactly, right after that first picture.
 * @param checkpoint awaited every few milliseconds; throws AbortError when nobody looks any more
 * @returns the facts, when every row has been computed
 */
export async function streamTiles(
  tiled: TiledMatrix,
  places: readonly TilePlace[],
  post: (tile: Tile) => void,
  checkpoint: () => Promise<void>,
  clock: () => number = () => performance.now(),
): Promise<TiledSummary> {
  const sent = new Map<TilePlace, number>();
  const there = places.filter((place) => tiled.has(place));
  const coarse = there.filter(({ level }) => level >= tiled.base);
  const fine = there.filter(({ level }) => level < tiled.base);
  const tell = () => {
    for (const place of coarse) {
      const done = tiled.done(place);
      if (done <= (sent.get(place) ?? 0)) continue;
      sent.set(place, done);
      post(tiled.tile(place));
    }
  };
  let told = Number.NEGATIVE_INFINITY;
  for (;;) {
    await checkpoint();
    if (tiled.swept && (tiled.complete || clock() - told >= EVERY)) {
      tell();
      told = clock();
    }
    const place = tiled.swept ? fine.shift() : undefined;
    if (place !== undefined) post(await drainWithPauses(tiled.fine(place), checkpoint));
    else if (tiled.complete) return tiled.facts();
    else tiled.advance();
  }
}

/** Weights of one row or column; empty where there is none of that number. */
export async function tiledLine(
  tiled: TiledMatrix,
  { axis, index }: Pick<LineRequest, 'axis' | 'index'>,
  checkpoint: () => Promise<void>,
): Promise<Float32Array> {
  const count = axis === 'row' ? tiled.info.rows : tiled.info.cols;
  if (!Number.isInteger(index) || index < 0 || index >= count) return new Float32Array(0);
  return axis === 'row' ? tiled.row(index) : drainWithPauses(tiled.column(index), checkpoint);
}

/** The tiled matrices that were looked at last, with what was computed of them. */
export class TiledMatrixStore {
  private readonly matrices: LruMap<string, { readonly tiled: TiledMatrix; readonly runId: string }>;

  /** @param limit how many are kept: each is some ten megabytes for a run of 16,384 tokens */
  constructor(limit = 3) {
    this.matrices = new LruMap(limit);
  }

  /** The tiled matrix of a state, with the forward pass of its what-if where it has one. @throws AbortError from `checkpoint` */
  async of(run: RunResult, state: ViewState, checkpoint: () => Promise<void>): Promise<TiledMatrix> {
    const { runId } = run.summary;
    const clamped = clampView(state, runShape(run.summary));
    const changed = await whatIfRun(run, clamped, checkpoint);
    const shown = changed ? clamped : { ...clamped, whatIf: undefined };
    const { id } = tiledInfo(run.summary, shown);
    const cached = this.matrices.get(id);
    if (cached) return cached.tiled;
    const tiled = tiledMatrixOf(run, shown, changed);
    this.matrices.set(id, { tiled, runId });
    return tiled;
  }

  /** Forgets those of a run. */
  drop(runId: string): void {
    for (const id of [...this.matrices.keys()]) if (this.matrices.peek(id)?.runId === runId) this.matrices.delete(id);
  }
}
