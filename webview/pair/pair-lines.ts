import type { RunSummary } from '../../src/contract/run.ts';
import type { AxisLabel, ExplorationView } from '../../src/contract/view.ts';
import { axisLabels } from '../../src/insight/axes.ts';
import { isMasked } from '../what-if/what-if-edits.ts';

export interface Chip {
  readonly label: AxisLabel;
  /** Row of the heatmap that this token asks in, −1 when it asks in none. */
  readonly row: number;
  /** Column that it is asked in. */
  readonly col: number;
  /** Weight that the query gives it; undefined when it is not asked. */
  readonly weight: number | undefined;
  /** Nobody may look at it: what if. */
  readonly masked: boolean;
  readonly now: boolean;
  /** The token at the decoder's input while the query is made. */
  readonly read: boolean;
  /** Comes after the query. */
  readonly later: boolean;
}

/** The two lines of chips: what stands in the text, and what each token is to the query. */
export function pairLines(
  run: RunSummary,
  view: ExplorationView,
): { readonly source: Chip[]; readonly target: Chip[] } {
  const { kind, unit, special, query } = view.state;
  const sourceLabels = axisLabels(run.sourceTokens, run.source, unit, special);
  const targetLabels = axisLabels(run.targetTokens, run.target, unit, special);
  const rowOf = labelOfPiece(view.rows);
  const colOf = labelOfPiece(view.cols);
  const now = view.row < 0 ? undefined : view.rows[view.row];

  const chips = (labels: readonly AxisLabel[], side: 'source' | 'target'): Chip[] => {
    const asks = side === (kind === 'encoder' ? 'source' : 'target');
    const isAsked = side === (kind === 'decoder' ? 'target' : 'source');
    // Columns of the decoder are its inputs: one place later than the tokens that it predicts.
    const shift = kind === 'decoder' ? 1 : 0;
    return labels.map((label) => {
      const row = asks ? rowOf(label.from) : -1;
      const col = isAsked ? colOf(label.from + shift) : -1;
      const weight = col >= 0 && view.row >= 0 ? view.weights[view.row * view.cols.length + col] : undefined;
      const read = asks && kind !== 'encoder' && now !== undefined && now.from > 0;
      return {
        label,
        row,
        col,
        weight: weight === undefined || Number.isNaN(weight) ? undefined : weight,
        masked:
          isAsked &&
          view.whatIf !== undefined &&
          isMasked(view.state.whatIf, { from: label.from + shift, to: label.to + shift }),
        now: row >= 0 && row === view.row,
        read: read && now.from - 1 >= label.from && now.from - 1 < label.to,
        later: asks && kind !== 'encoder' && label.from > query,
      };
    });
  };
  return { source: chips(sourceLabels, 'source'), target: chips(targetLabels, 'target') };
}

/** @returns which label a piece belongs to, −1 for none */
function labelOfPiece(labels: readonly AxisLabel[]): (piece: number) => number {
  const places = new Int32Array(labels.reduce((most, { to }) => Math.max(most, to), 0)).fill(-1);
  for (const [i, { from, to }] of labels.entries()) places.fill(i, from, to);
  return (piece) => places[piece] ?? -1;
}
