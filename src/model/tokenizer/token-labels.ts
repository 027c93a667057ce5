/** How a tokenizer writes word boundaries into its pieces. */
export interface TokenStyle {
  /** Pieces are written in the byte alphabet (GPT-2 and its heirs). */
  readonly byteLevel: boolean;
  /** `##` of WordPiece. */
  readonly prefix: string;
  /** `</w>`, `@@` */
  readonly suffixes: readonly string[];
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A piece as a person should see it: no boundary marks, bytes as ‹E5›, white space by a sign. */
export function tokenLabel(piece: string, style: TokenStyle): string {
  const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(piece);
  if (byte) return `‹${byte[1].toUpperCase()}›`;
  let text = style.byteLevel ? readable(piece) : piece.replaceAll('▁', ' ');
  if (style.prefix && text.startsWith(style.prefix) && text.length > style.prefix.length) {
    text = text.slice(style.prefix.length);
  }
  for (const suffix of style.suffixes) {
    if (suffix && text.endsWith(suffix) && text.length > suffix.length) text = text.slice(0, -suffix.length);
  }
  const bare = text.trim();
  return bare === '' ? blankLabel(text) : bare;
}

/** White space made visible: ␣, ⏎, ⇥. */
function blankLabel(text: string): string {
  return text === ''
    ? '␣'
    : text
        .replace(/\r\n?|\n/g, '⏎')
        .replace(/\t/g, '⇥')
        .replace(/\s/g, '␣');
}

/** The text of a byte-level piece; a piece that ends inside a character shows its bytes. */
function readable(piece: string): string {
  const bytes: number[] = [];
  for (const letter of piece) {
    const byte = BYTE_OF_LETTER.get(letter);
    if (byte === undefined) return piece;
    bytes.push(byte);
  }
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return bytes.map((byte) => `‹${byte.toString(16).toUpperCase().padStart(2, '0')}›`).join('');
  }
}

/**
 * The letters that byte-level tokenizers write bytes with: printable ones stand for themselves, the others follow from
 * U+0100 on. Source: bytes_to_unicode in GPT-2's encoder.py.
 */
export const LETTER_OF_BYTE: readonly string[] = (() => {
  const letters: string[] = [];
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    letters.push(String.fromCharCode(printable ? byte : next++));
  }
  return letters;
})();

const BYTE_OF_LETTER: ReadonlyMap<string, number> = new Map(
  LETTER_OF_BYTE.map((letter, byte): [string, number] => [letter, byte]),
);
