import type { JsonObject } from '../../../base/untrusted-json.ts';
import type { SpecialNames } from './special-names.ts';

/** `added_tokens` of a tokenizer.json: the special tokens of the files, and what was added to the vocabulary. */
export function addedTokens(
  vocab: ReadonlyMap<string, number>,
  names: SpecialNames,
  parts: Readonly<Record<string, string>>,
): JsonObject[] {
  const tokens = new Map<string, JsonObject>();
  const special = [...Object.entries(parts).map(([part, name]) => names.name(part, name)), ...names.additional];
  for (const content of special) {
    const id = vocab.get(content);
    if (id !== undefined) tokens.set(content, { id, content, special: true, normalized: false });
  }
  for (const { id, content, special: isSpecial, lstrip, rstrip } of names.extra) {
    tokens.set(content, { id, content, special: isSpecial, lstrip, rstrip, normalized: false });
  }
  return [...tokens.values()];
}

/** `<s> text </s>`, as RoBERTa and BART have it; none where the vocabulary lacks one of the two. */
export function robertaProcessing(
  vocab: ReadonlyMap<string, number>,
  cls: string,
  sep: string,
  addPrefixSpace: boolean,
): JsonObject | null {
  const parts = around(vocab, cls, sep);
  return parts && { type: 'RobertaProcessing', ...parts, trim_offsets: true, add_prefix_space: addPrefixSpace };
}

/** `[CLS] text [SEP]`; none where the vocabulary lacks one of the two. */
export function bertProcessing(vocab: ReadonlyMap<string, number>, cls: string, sep: string): JsonObject | null {
  const parts = around(vocab, cls, sep);
  return parts && { type: 'BertProcessing', ...parts };
}

function around(vocab: ReadonlyMap<string, number>, cls: string, sep: string): JsonObject | null {
  const [first, last] = [vocab.get(cls), vocab.get(sep)];
  return first === undefined || last === undefined ? null : { cls: [cls, first], sep: [sep, last] };
}
