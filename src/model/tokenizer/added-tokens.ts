import { type MappedText, sliceMapped } from './mapped-text.ts';
import { PrefixIndex } from './prefix-index.ts';

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

/** Added tokens, to be found in texts. */
export class AddedTokens {
  readonly #tokens: readonly AddedToken[];
  readonly #index = new PrefixIndex();

  /** @param tokens by the text that they are found under */
  constructor(tokens: ReadonlyMap<string, AddedToken>) {
    this.#tokens = [...tokens.values()];
    for (const [i, content] of [...tokens.keys()].entries()) this.#index.add(content, i);
  }

  get size(): number {
    return this.#tokens.length;
  }

  /** The longest that stands at `at`. */
  longest(text: string, at: number): { readonly token: AddedToken; readonly to: number } | undefined {
    let found: { token: AddedToken; to: number } | undefined;
    this.#index.prefixes(text, at, (i, to) => {
      found = { token: this.#tokens[i], to };
    });
    return found;
  }
}

/**
 * Cuts a text at added tokens, the longest that fits at each place, as the library's DictionarySplitter does; their
 * `lstrip` and `rstrip` swallow the white space beside them.
 */
export function splitAdded(mapped: MappedText, tokens: AddedTokens): Section[] {
  if (tokens.size === 0 || mapped.text.length === 0) return [{ text: mapped, added: undefined }];
  const cuts: { from: number; to: number; added: AddedToken | undefined }[] = [];
  let start = 0;
  for (let i = 0; i < mapped.text.length; ) {
    const found = tokens.longest(mapped.text, i);
    if (found === undefined) {
      i++;
      continue;
    }
    if (i > start) cuts.push({ from: start, to: i, added: undefined });
    cuts.push({ from: i, to: found.to, added: found.token });
    start = i = found.to;
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
