import { breathe } from '../../engine/breathe.ts';
import { joinBytes } from '../../protocol/join-bytes.ts';

/** UTF-16 units between two breaths: about a millisecond. */
const PART = 262_144;
/** First of the units that are the first half of a character, and of those that are the second. */
const [HIGH, LOW] = [0xd800, 0xdc00];

/** A long text as UTF-8, in slices between which everything else in the extension host has its turn. */
export async function encodeSlowly(text: string, part = PART): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + part;
    // The two halves of a character stay together: one alone can't be encoded.
    const cut = isHalf(text, end - 1, HIGH) && isHalf(text, end, LOW) ? end + 1 : end;
    parts.push(encoder.encode(text.slice(at, cut)));
    at = cut;
    await breathe();
  }
  return joinBytes(parts);
}

function isHalf(text: string, at: number, half: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === half;
}
