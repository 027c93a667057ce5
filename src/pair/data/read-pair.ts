import type { PairFormat, PairPlace } from './pair-format.ts';
import { readWriting, type WrittenText } from './written-text.ts';

/** A pair of a data file, decoded. */
export interface WrittenPair {
  readonly source: WrittenText;
  /** None where it is empty: then the model writes it. */
  readonly target?: WrittenText;
}

/** Longer texts, in UTF-16 units as they are written, are left alone: no model takes them. */
const LONGEST = 200_000;

/**
 * Decodes the pair of a place.
 * @returns undefined where there is nothing to explore: no letters in the source, the same text twice, texts that can't be
 * decoded, are hardly a pair, or far too long
 */
export function readPair(text: string, place: PairPlace, format: PairFormat): WrittenPair | undefined {
  if ([place.source, place.target].some((span) => span && span.end - span.start > LONGEST)) return undefined;
  const source = readWriting(format.syntaxOf(text, place.source), text, place.source.start, place.source.end);
  if (!source || !/\p{L}/u.test(source.text)) return undefined;
  const target =
    place.target && readWriting(format.syntaxOf(text, place.target), text, place.target.start, place.target.end);
  if (place.target && (!target || target.text === source.text)) return undefined;
  const said = target?.text ? target : undefined;
  if (format.accepts && !format.accepts(source.text, said?.text)) return undefined;
  return { source, target: said };
}
