import { readPair } from '../../pair/data/read-pair.ts';
import type { AnchoredPair } from '../anchored-pair.ts';
import type { DataFile } from './data-file.ts';
import { documentText } from './document-text.ts';
import { pairOfPlace } from './pair-of-place.ts';
import { Slices } from './slices.ts';

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
  for (const to of [end, offset + LONGEST]) {
    if (!(await file.placesIn(offset, to, undefined))) return undefined;
    const begun = file.known(0, end);
    const place =
      begun.findLast((one) => one.start <= offset && offset <= one.end) ?? begun.find((one) => one.start >= start);
    if (place) return pairOfPlace(file, place);
  }
  return undefined;
}

/**
 * The pair that stood at an offset and whose text in this document began so; found a little further up or down too, where the
 * document was edited since.
 */
export async function pairNear(file: DataFile, offset: number, beginning: string): Promise<AnchoredPair | undefined> {
  const { document, form } = file;
  const places = (await file.placesIn(Math.max(0, offset - NEAR), offset + NEAR, undefined)) ?? [];
  const text = await documentText(document, new Slices());
  if (text === undefined || !form.format) return undefined;
  const { format } = form;
  const nearest = places.toSorted((a, b) => Math.abs(a.start - offset) - Math.abs(b.start - offset));
  const same = nearest.find((place) => readPair(text, place, format)?.source.text.startsWith(beginning));
  return same && pairOfPlace(file, same);
}
