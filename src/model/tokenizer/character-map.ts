/** A rule that fits: how many bytes of the text it takes, and what stands there instead. */
export interface CharRule {
  readonly length: number;
  readonly text: string;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Bytes of a replacement, at most. */
const LONGEST = 128;
const NO_RULES: readonly CharRule[] = [];

/**
 * SentencePiece's precompiled table of characters (NFKC and the like): a double-array trie of UTF-8 byte strings, whose
 * leaves point into a blob of replacements that end with a zero byte.
 * Source: sentencepiece, normalizer.cc; darts-clone, darts.h.
 */
export class CharMap {
  private constructor(
    private readonly units: Uint32Array,
    private readonly blob: Uint8Array,
  ) {}

  /** @param bytes size of the trie (4 bytes), trie, blob    @returns undefined when they are no such table */
  static read(bytes: Uint8Array): CharMap | undefined {
    if (bytes.length < 8) return undefined;
    const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
    if (size === 0 || size % 4 !== 0 || size >= bytes.length - 4) return undefined;
    // A copy: the trie need not lie at a multiple of four. Little-endian, as every machine that runs this is.
    const units = new Uint32Array(bytes.slice(4, 4 + size).buffer);
    return new CharMap(units, bytes.subarray(4 + size));
  }

  /** The longest rule for what stands at `at`, as sentencepiece applies it. */
  longest(bytes: Uint8Array, at: number): CharRule | undefined {
    return this.#rules(bytes, at, bytes.length).at(-1);
  }

  /** The shortest rule for `bytes`, as Hugging Face's tokenizers applies it. */
  shortest(bytes: Uint8Array): CharRule | undefined {
    return this.#rules(bytes, 0, bytes.length)[0];
  }

  /** Rules for the text from `at` on, shortest first. Whatever a damaged trie says, it ends with the text. */
  #rules(bytes: Uint8Array, at: number, end: number): readonly CharRule[] {
    const { units } = this;
    let found: CharRule[] | undefined;
    let node = offset(units[0]);
    for (let i = at; i < end; i++) {
      node ^= bytes[i];
      const unit = units[node];
      // Bit 31 marks a leaf, whose lowest byte is no label.
      if (unit === undefined || (unit & 0x800000ff) >>> 0 !== bytes[i]) break;
      node ^= offset(unit);
      if (((unit >>> 8) & 1) === 0) continue;
      const value = units[node];
      if (value === undefined) break;
      const text = this.#text(value & 0x7fffffff);
      if (text !== undefined) {
        found ??= [];
        found.push({ length: i + 1 - at, text });
      }
    }
    return found ?? NO_RULES;
  }

  #text(from: number): string | undefined {
    // Bounded: NFKC's longest has 18 characters, and every letter of a text may ask.
    const end = this.blob.subarray(from, from + LONGEST).indexOf(0);
    return end < 0 ? undefined : decoder.decode(this.blob.subarray(from, from + end));
  }
}

function offset(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
