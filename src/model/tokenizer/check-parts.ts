import { isObject, type JsonObject } from '../../base/untrusted-json.ts';
import { riskyPattern } from './regex-safety.ts';
import { tokenizerFileError } from './tokenizer-file-error.ts';

/** Deepest nesting, and most parts, of normalizers, pre-tokenizers, post-processors and decoders. */
const DEEPEST = 16;

const MOST = 256;

/** How many times longer the replacements of one chain may make a text; published ones replace one letter by another. */
const MOST_GROWTH = 256;

/**
 * Checks a normalizer, pre-tokenizer, post-processor or decoder, with all its parts, for what could make a text endless
 * or take for ever.
 * @throws ExplorerError tokenizer-file
 */
export function checkParts(part: unknown, file: string): void {
  let count = 0;
  let growth = 1;
  const visit = (one: unknown, depth: number): void => {
    if (depth > DEEPEST || count > MOST) throw tokenizerFileError(file, 'its parts are nested too deep');
    if (Array.isArray(one)) for (const item of one) visit(item, depth + 1);
    if (!isObject(one)) return;
    count++;
    const regex = isObject(one.pattern) ? one.pattern.Regex : undefined;
    if (regex !== undefined && (typeof regex !== 'string' || riskyPattern(regex))) {
      throw tokenizerFileError(file, 'one of its regular expressions could run for ever');
    }
    growth *= growthOf(one);
    if (growth > MOST_GROWTH) throw tokenizerFileError(file, 'its replacements would make texts too long');
    if (one.type === 'FixedLength' && !(Number.isInteger(one.length) && (one.length as number) > 0)) {
      throw tokenizerFileError(file, 'the length of its parts is not a whole number');
    }
    for (const list of [one.normalizers, one.pretokenizers, one.decoders, one.processors]) {
      if (list !== undefined) visit(list, depth + 1);
    }
  };
  visit(part, 0);
}

/** How many letters stand for one afterwards. */
function growthOf(part: JsonObject): number {
  const longest = [part.content, part.prepend, part.replacement, part.str_rep]
    .map((text) => (typeof text === 'string' ? text.length : 0))
    .reduce((most, length) => Math.max(most, length), 1);
  // A word before the text comes once, not for each letter.
  return part.type === 'Prepend' ? Math.max(1, longest / 64) : longest;
}
