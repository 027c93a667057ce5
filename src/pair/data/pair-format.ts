import { readWriting, type Syntax, type WrittenText } from './written-text.ts';

/** Document offsets [start, end), of what stands between the quotes or tags. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A pair as it was found, not decoded yet. */
export interface PairPosition {
  /** The record that it belongs to: a row, an object, an entry, a unit. */
  readonly start: number;
  readonly end: number;
  readonly source: Span;
  readonly target?: Span;
  /** In a localisation file, the path to the text, the same in the file of another language. */
  readonly key?: string;
}

/** How far a file has been read: all that is needed to read on, never changed, so that one may go back to it. */
export interface ReadState {
  readonly offset: number;
}

/**
 * Finds the pairs of one kind of file, a part at a time. Nothing in a file makes it fail: where it is broken there is
 * no pair, and where what follows can't be trusted (JSON, XML) it ends there.
 */
export interface PairFormat<S extends ReadState = ReadState> {
  /** State before the first character. */
  readonly begin: S;
  /**
   * Reads on from a state at least to `until`, or to the end; text before the state's offset is not looked at, other than
   * the one character before it.
   */
  read(text: string, state: S, until: number, found: (pair: PairPosition) => void): S;
  /** The same state of a text that begins `by` characters further up, or further down where it is negative; left out: its offset is all. */
  shift?(state: S, by: number): S;
  /** The earliest offset of text that is looked at again when reading on; left out: the state's own. */
  needs?(state: S): number;
  /** For files that can be read from any line on: the state at the record that holds an offset. */
  startAt?(text: string, offset: number): S;
  /** How the text of a place is written. */
  syntaxOf(text: string, place: Span): Syntax;
  /** Whether the two texts are to be believed a pair, where names alone do not say so. */
  accepts?(source: string, target: string | undefined): boolean;
}

/** The same place of a text that begins `by` characters further up. */
export function shiftPosition({ source, target, ...place }: PairPosition, by: number): PairPosition {
  return { ...place, ...shiftSpan(place, by), source: shiftSpan(source, by), target: target && shiftSpan(target, by) };
}

export function shiftSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

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
export function readPair(text: string, place: PairPosition, format: PairFormat): WrittenPair | undefined {
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
