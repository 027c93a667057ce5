import { type MappedText, sliceMapped } from './mapped-text.ts';

export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
}

export interface Section {
  readonly text: MappedText;
  /** The added token that this section is, or undefined for text between them. */
  readonly added: AddedToken | undefined;
}

/**
 * Cuts a text at added tokens, the longest that fits at each place, as the library's DictionarySplitter does; their
 * `lstrip` and `rstrip` swallow the white space beside them.
 */
export function splitAdded(mapped: MappedText, tokens: ReadonlyMap<string, AddedToken>): Section[] {
  if (tokens.size === 0 || mapped.text.length === 0) return [{ text: mapped, added: tokens.get(mapped.text) }];
  const lengths = [...new Set([...tokens.keys()].map((content) => content.length))].sort((a, b) => b - a);
  const cuts: { from: number; to: number; added: AddedToken | undefined }[] = [];
  let start = 0;
  for (let i = 0; i < mapped.text.length; ) {
    const length = lengths.find((n) => n > 0 && tokens.has(mapped.text.slice(i, i + n)) && i + n <= mapped.text.length);
    if (length === undefined) {
      i++;
      continue;
    }
    if (i > start) cuts.push({ from: start, to: i, added: undefined });
    cuts.push({ from: i, to: i + length, added: tokens.get(mapped.text.slice(i, i + length)) });
    start = i += length;
  }
  if (start < mapped.text.length) cuts.push({ from: start, to: mapped.text.length, added: undefined });
  for (const [i, { added }] of cuts.entries()) {
    const before = cuts[i - 1];
    const after = cuts[i + 1];
    if (added?.lstrip && before && !before.added) {
      before.to = before.from + mapped.text.slice(before.from, before.to).trimEnd().length;
    }
    if (added?.rstrip && after && !after.added) {
      after.from = after.to - mapped.text.slice(after.from, after.to).trimStart().length;
    }
  }
  return cuts.map(({ from, to, added }) => ({ text: sliceMapped(mapped, from, to), added }));
}
