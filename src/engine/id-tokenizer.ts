import type { TokenInfo } from '../contract/run.ts';
import type { Tokenizer } from '../model/model.ts';

/** Ids by their numbers, `#12 #7`: for checkpoints that hear or see and came without a tokenizer. */
export function idTokenizer(vocabulary: number, endToken: number): Tokenizer {
  const special = (id: number) => id === endToken;
  return {
    vocabulary,
    specials: new Map(),
    encode(text) {
      return [...text.matchAll(/#(\d+)/g)].flatMap((match, word): TokenInfo[] => {
        const id = Number(match[1]);
        const at = { start: match.index, end: match.index + match[0].length, word };
        return id < vocabulary ? [{ id, text: match[0], special: special(id), ...at }] : [];
      });
    },
    decode: (ids) =>
      ids
        .filter((id) => !special(id))
        .map((id) => `#${id}`)
        .join(' '),
    id: (name) => {
      const [, id] = /^#(\d+)$/.exec(name) ?? [];
      return id !== undefined && Number(id) < vocabulary ? Number(id) : undefined;
    },
    label: (id) => ({ text: `#${id}`, special: special(id) }),
  };
}
