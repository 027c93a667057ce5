const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Many short texts in one, taken out of it as they are needed: a hundred thousand strings are slow to make. */
export class JoinedTexts {
  /** All of them, one behind the other. */
  readonly text: string;
  /** Where each ends in it. */
  readonly ends: Uint32Array;
  #all: readonly string[] | undefined;

  /**
   * @param bytes UTF-8    @param places [from, to) of each text among the bytes, one after the other
   * @throws TypeError when one of them is not UTF-8
   */
  constructor(bytes: Uint8Array, places: readonly number[]) {
    let size = 0;
    for (let i = 0; i < places.length; i += 2) size += places[i + 1] - places[i];
    const joined = new Uint8Array(size);
    this.ends = new Uint32Array(places.length / 2);
    let units = 0;
    let to = 0;
    for (let i = 0; i < places.length; i += 2) {
      const first = places[i];
      const end = places[i + 1];
      // What follows a cut-off character must not complete it; everything else that is wrong is so in the whole as well.
      if (first < end && (bytes[first] & 0xc0) === 0x80) throw new TypeError('A text begins within a character.');
      for (let at = first; at < end; at++) {
        const byte = bytes[at];
        joined[to++] = byte;
        if ((byte & 0xc0) !== 0x80) units += byte < 0xf0 ? 1 : 2;
      }
      this.ends[i / 2] = units;
    }
    this.text = utf8.decode(joined);
  }

  /** Where text i begins. */
  start(i: number): number {
    return i === 0 ? 0 : this.ends[i - 1];
  }

  at(i: number): string {
    return this.text.slice(this.start(i), this.ends[i]);
  }

  all(): readonly string[] {
    this.#all ??= Array.from(this.ends, (_, i) => this.at(i));
    return this.#all;
  }
}
