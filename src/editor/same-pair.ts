import type { AnchoredPair, PlacedText } from './pairs/anchored-pair.ts';

/** True when two pairs are of the same texts in the same documents, wherever in them. */
export function samePair(one: AnchoredPair, other: AnchoredPair): boolean {
  return sameText(one.source, other.source) && sameText(one.target, other.target);
}

function sameText(one: PlacedText | undefined, other: PlacedText | undefined): boolean {
  return one?.uri.toString() === other?.uri.toString() && one?.anchor.text === other?.anchor.text;
}
