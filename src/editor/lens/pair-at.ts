import { readPair } from '../../pair/data/pair-format.ts';
import type { DataFile } from '../data-files/data-file.ts';
import { pairOfPlace } from '../data-files/file-pairs.ts';
import type { AnchoredPair } from '../pairs/anchored-pair.ts';

/** Characters of a record that are read on to find its end. */
const LONGEST = 400_000;

/** Characters around a place in which a pair that has moved since is looked for. */
const NEAR = 40_000;

/** The pair whose record holds a document offset, the innermost; else one that begins on the same line. */
export async function pairAt(file: DataFile, offset: number): Promise<AnchoredPair | undefined> {
  const { document } = file;
  const line = document.lineAt(document.positionAt(offset)).range;
  const [start, end] = [document.offsetAt(line.start), document.offsetAt(line.end)];
  // A record is known once its end was read, which may be far below.
  for (const to of [end, end + LONGEST]) {
    const found = await file.pairsIn(start, to);
    if (!found) return undefined;
    const { base } = found.part;
    const begun = found.places.filter((place) => place.start + base <= end);
    const holding = begun.findLast((place) => place.start + base <= offset && offset <= place.end + base);
    const place = holding ?? begun.find((one) => one.start + base >= start);
    if (place) return pairOfPlace(file, found, place);
  }
  return undefined;
}

/**
 * The pair that stood at an offset and whose text in this document began so; found a little further up or down too, where the
 * document was edited since.
 */
export async function pairNear(file: DataFile, offset: number, beginning: string): Promise<AnchoredPair | undefined> {
  const found = await file.pairsIn(Math.max(0, offset - NEAR), offset + NEAR);
  if (!found) return undefined;
  const { places, part, format } = found;
  const distance = (start: number) => Math.abs(start + part.base - offset);
  const same = places
    .toSorted((a, b) => distance(a.start) - distance(b.start))
    .find((place) => readPair(part.text, place, format)?.source.text.startsWith(beginning));
  return same && pairOfPlace(file, found, same);
}
