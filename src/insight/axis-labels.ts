import type { TokenInfo } from '../contract/run.ts';
import type { AxisLabel } from '../contract/view.ts';
import type { SpecialTokens, Unit, ViewState } from '../contract/view-state.ts';

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
