const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Many short texts out of one array of bytes. They are put together and decoded at once, which takes a tenth of the time.
 * @param places [from, to) of each, one after the other
 * @throws TypeError when one of them is not UTF-8
 */
export function decodeTexts(bytes: Uint8Array, places: readonly number[]): string[] {
  let size = 0;
  for (let i = 0; i < places.length; i += 2) size += places[i + 1] - places[i];
  const joined = new Uint8Array(size);
  /** Where each ends, in UTF-16 units. */
  const ends = new Uint32Array(places.length / 2);
  let units = 0;
  let to = 0;
  for (let i = 0; i < places.length; i += 2) {
    const [first, end] = [places[i], places[i + 1]];
    // What follows a cut-off character must not complete it; everything else that is wrong is so in the whole as well.
    if (first < end && continues(bytes[first])) throw new TypeError('A text begins within a character.');
    for (let at = first; at < end; at++) {
      const byte = bytes[at];
      joined[to++] = byte;
      if (!continues(byte)) units += byte < 0xf0 ? 1 : 2;
    }
    ends[i / 2] = units;
  }
  const text = utf8.decode(joined);
  const texts: string[] = [];
  for (let i = 0, from = 0; i < ends.length; from = ends[i++]) texts.push(text.slice(from, ends[i]));
  return texts;
}

function continues(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
