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

export const BYTE_OF_LETTER: ReadonlyMap<string, number> = new Map(
  LETTER_OF_BYTE.map((letter, byte): [string, number] => [letter, byte]),
);
