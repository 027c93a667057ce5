import { isObject, type JsonObject } from '../../../base/untrusted-json.ts';
import type { TokenizerFiles } from '../../loading/load-tokenizer.ts';
import { tokenizerFileError } from '../tokenizer-file-error.ts';
import { readJson, readObject } from '../tokenizer-files.ts';

/** A token that stands outside of the vocabulary file. */
export interface ExtraToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
}

/** What the files beside a vocabulary say of tokens that have a part of their own. */
export interface SpecialNames {
  /** tokenizer_config.json */
  readonly config: JsonObject;
  /** Name of the token that plays a part (`eos`, `unk` …). */
  name(part: string, fallback: string): string;
  /** Further names of special tokens: language codes, sentinels. */
  readonly additional: readonly string[];
  /** Tokens with ids of their own: added_tokens.json, and `added_tokens_decoder` of newer tokenizer_config.json. */
  readonly extra: readonly ExtraToken[];
}

/** @throws ExplorerError tokenizer-file */
export async function readSpecialNames(files: TokenizerFiles): Promise<SpecialNames> {
  const config = await readObject(files, 'tokenizer_config.json');
  const map = await readObject(files, 'special_tokens_map.json');
  const additional = [map.additional_special_tokens, config.additional_special_tokens, config.extra_special_tokens]
    .flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []))
    .map(contentOf)
    .filter((name) => name !== undefined);
  const extra = new Map<string, ExtraToken>();
  const names = new Set(additional);
  const added = await readJson(files, 'added_tokens.json');
  for (const [content, id] of Object.entries(isObject(added) ? added : {})) {
    const file = `${files.folder}/added_tokens.json`;
    extra.set(content, { ...token(content, id, file), special: names.has(content), lstrip: false, rstrip: false });
  }
  const decoder = isObject(config.added_tokens_decoder) ? config.added_tokens_decoder : {};
  for (const [id, value] of Object.entries(decoder)) {
    const content = contentOf(value);
    if (!isObject(value) || content === undefined) continue;
    const file = `${files.folder}/tokenizer_config.json`;
    const [lstrip, rstrip] = [value.lstrip === true, value.rstrip === true];
    extra.set(content, { ...token(content, Number(id), file), special: value.special === true, lstrip, rstrip });
  }
  return {
    config,
    name: (part, fallback) => contentOf(map[`${part}_token`]) ?? contentOf(config[`${part}_token`]) ?? fallback,
    additional: [...names],
    extra: [...extra.values()],
  };
}

/** A token is written as its text, or as an object that holds it. */
function contentOf(value: unknown): string | undefined {
  const content = isObject(value) ? value.content : value;
  return typeof content === 'string' && content !== '' ? content : undefined;
}

function token(content: string, id: unknown, file: string) {
  if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= 0x7fffffff) return { content, id };
  throw tokenizerFileError(file, `the id of “${content.slice(0, 40)}” is not a whole number`);
}
