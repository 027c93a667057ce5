/** A stretch of text and its UTF-16 offsets [start, end): in the text that was parsed, or in the document once moved. */
export interface TextSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What an exploration is of. Without a target the model writes one. */
export interface Pair {
  readonly source: TextSpan;
  readonly target?: TextSpan;
}

/** The same pair, its offsets counted from `base` UTF-16 units further up. */
export function movePair(pair: Pair, base: number): Pair {
  const move = (span: TextSpan): TextSpan => ({ text: span.text, start: span.start + base, end: span.end + base });
  return pair.target ? { source: move(pair.source), target: move(pair.target) } : { source: move(pair.source) };
}
