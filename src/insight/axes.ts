import type { RunSummary, TokenInfo } from '../contract/run.ts';
import type { TiledSummary } from '../contract/tiles.ts';
import type {
  AlignmentLink,
  AxisLabel,
  ComputedView,
  ExplorationView,
  TiledView,
  WholeView,
} from '../contract/view.ts';
import type { AttentionKind, SpecialTokens, Unit, ViewState } from '../contract/view-state.ts';

/** One side of a matrix: its pieces, and the text that they stand in. */
export interface Axis {
  readonly tokens: readonly TokenInfo[];
  readonly text: string;
}

/**
 * Which tokens ask and which are asked. A row of cross and decoder is named after the token that it predicts;
 * `reads` is what the decoder has at its input there. Columns of the decoder are its inputs.
 */
export function axesOf(
  run: Pick<RunSummary, 'source' | 'target' | 'sourceTokens' | 'targetTokens' | 'decoderInput'>,
  kind: AttentionKind,
): { readonly rows: Axis; readonly cols: Axis; readonly reads: Axis | undefined } {
  const source = { tokens: run.sourceTokens, text: run.source };
  const reads = { tokens: run.decoderInput, text: run.target };
  if (kind === 'encoder') return { rows: source, cols: source, reads: undefined };
  return { rows: { tokens: run.targetTokens, text: run.target }, cols: kind === 'cross' ? source : reads, reads };
}

/**
 * The rows or columns of the heatmap: one label a piece, or one a word.
 * @param text the user's text that the offsets of `tokens` point into
 * @param special 'hide' leaves special tokens out
 */
export function axisLabels(
  tokens: readonly TokenInfo[],
  text: string,
  unit: Unit,
  special: SpecialTokens,
): AxisLabel[] {
  const labels: AxisLabel[] = [];
  for (let from = 0, to = 1; from < tokens.length; from = to++) {
    if (unit === 'words') while (to < tokens.length && tokens[to].word === tokens[from].word) to++;
    if (special === 'hide' && tokens[from].special) continue;
    labels.push(labelOf(tokens.slice(from, to), from, text));
  }
  return labels;
}

/** The label of a piece by itself. */
export function tokenLabel(tokens: readonly TokenInfo[], piece: number): AxisLabel {
  const { text, start, end, special } = tokens[piece];
  return { text, from: piece, to: piece + 1, start, end, special };
}

/** Index of the label that holds the state's query; −1 where that is left out. Without making the labels. */
export function rowHolding(
  tokens: readonly TokenInfo[],
  { unit, special, query }: Pick<ViewState, 'unit' | 'special' | 'query'>,
): number {
  if (query >= tokens.length || (special === 'hide' && tokens[query].special)) return -1;
  let row = -1;
  for (let piece = 0; piece <= query; piece++) {
    const opens = piece === 0 || unit === 'pieces' || tokens[piece].word !== tokens[piece - 1].word;
    if (opens && !(special === 'hide' && tokens[piece].special)) row++;
  }
  return row;
}

function labelOf(pieces: readonly TokenInfo[], from: number, text: string): AxisLabel {
  const { start, special } = pieces[0];
  const end = Math.max(...pieces.map((piece) => piece.end));
  return { text: wordText(pieces, text), from, to: from + pieces.length, start, end, special };
}

/** The user's own spelling where the pieces lie side by side in the text (they were normalized), else what they show. */
function wordText(pieces: readonly TokenInfo[], text: string): string {
  if (pieces.length === 1) return pieces[0].text;
  const contiguous = pieces.every((piece, i) => i === 0 || piece.start <= pieces[i - 1].end);
  const slice = text.slice(pieces[0].start, pieces.at(-1)!.end);
  return contiguous && slice.trim() !== '' ? slice : pieces.map((piece) => piece.text).join('');
}

const cached = new WeakMap<readonly TokenInfo[], Map<string, readonly AxisLabel[]>>();

/**
 * A view with its labels, which are made of the run's tokens where they are drawn, and with what is known of a tiled
 * matrix since. Of the same run and unit the labels are the same objects.
 */
export function labelledView(
  view: ComputedView,
  run: Pick<RunSummary, 'source' | 'target' | 'sourceTokens' | 'targetTokens' | 'decoderInput'>,
  summary?: TiledSummary,
): ExplorationView {
  const { kind, unit, special } = view.state;
  const axes = axesOf(run, kind);
  const labelled = {
    ...view,
    rows: labelsOf(axes.rows.tokens, axes.rows.text, unit, special),
    cols: labelsOf(axes.cols.tokens, axes.cols.text, unit, special),
  };
  if (view.map.kind !== 'tiled' || summary?.id !== view.map.info.id) return labelled;
  const { entropy, peak } = summary;
  return { ...labelled, facts: { ...view.facts, entropy, peak }, alignment: linksOf(view.state, summary) };
}

/** Whether a view has its matrices as a whole; those of a long run are tiled. */
export function isWhole(view: ExplorationView): view is WholeView {
  return view.map.kind === 'whole';
}

export function isTiled(view: ExplorationView): view is TiledView {
  return view.map.kind === 'tiled';
}

/** Names the matrix of a view of a long run; undefined of others. See TiledInfo. */
export function tiledId(view: ComputedView | undefined): string | undefined {
  return view?.map.kind === 'tiled' ? view.map.info.id : undefined;
}

function labelsOf(
  tokens: readonly TokenInfo[],
  text: string,
  unit: Unit,
  special: SpecialTokens,
): readonly AxisLabel[] {
  const made = cached.get(tokens) ?? new Map<string, readonly AxisLabel[]>();
  cached.set(tokens, made);
  const key = `${unit} ${special === 'hide'}`;
  const labels = made.get(key) ?? axisLabels(tokens, text, unit, special);
  made.set(key, labels);
  return labels;
}

function linksOf({ alignment }: ViewState, { linked }: TiledSummary): AlignmentLink[] {
  if (alignment !== 'argmax') return [];
  return Array.from(linked, (col, row) => ({ row, col })).filter(({ col }) => col >= 0);
}
