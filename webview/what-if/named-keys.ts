import type { RunSummary, TokenInfo } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';
import type { Pieces } from './what-if-edits.ts';

export interface NamedKey extends Pieces {
  readonly text: string;
}

/** The pieces that can be looked at: those at the decoder's input where it looks at itself. */
export function keyTokens(run: RunSummary, kind: AttentionKind): readonly TokenInfo[] {
  return kind === 'decoder' ? run.decoderInput : run.sourceTokens;
}

/** Pieces by the names that they have on the picture: whole words where all of a word are among them. */
export function namedKeys(pieces: readonly number[], view: ExplorationView, run: RunSummary): NamedKey[] {
  const tokens = keyTokens(run, view.state.kind);
  const named: NamedKey[] = [];
  for (const piece of pieces) {
    if (named.some(({ from, to }) => piece >= from && piece < to)) continue;
    const label = view.cols.find(({ from, to }) => piece >= from && piece < to);
    const whole = label && Array.from({ length: label.to - label.from }, (_, i) => label.from + i);
    if (label && whole?.every((other) => pieces.includes(other)))
      named.push({ text: label.text, from: label.from, to: label.to });
    else named.push({ text: tokens[piece]?.text ?? String(piece), from: piece, to: piece + 1 });
  }
  return named;
}
