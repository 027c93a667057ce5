import { MappedBuilder, type MappedText, sliceMapped } from '../mapped-text.ts';
import type { PrefixIndex } from '../prefix-index.ts';
import type { NormalizerSpec } from './sentencepiece-file.ts';

const MARK = '▁';
const encoder = new TextEncoder();

/**
 * Prepares text as sentencepiece does: rules of the table of characters, white space at the edges and runs of it left
 * out, a mark in its place and one before the first word.
 * @param kept symbols that no rule may touch
 * Source: sentencepiece, normalizer.cc.
 */
export function normalizeSentence(mapped: MappedText, spec: NormalizerSpec, kept: PrefixIndex): MappedText {
  const { text } = mapped;
  const space = spec.escapeWhitespaces ? MARK : ' ';
  const builder = new MappedBuilder(mapped);
  const bytes = encoder.encode(text);
  const prefix = spec.addDummyPrefix && !spec.whitespaceAsSuffix;
  let any = false;
  if (prefix && !spec.removeExtraWhitespaces && text !== '') {
    builder.insert(0, space);
    any = true;
  }
  // Before the first word, white space counts as a run.
  let afterSpace = spec.removeExtraWhitespaces;
  let byte = 0;
  for (let at = 0; at < text.length; ) {
    const { to, bytes: taken, result } = step(text, at, bytes, byte, spec, kept);
    let rest = result;
    if (afterSpace) rest = rest.replace(/^ +/, '');
    if (rest !== '') {
      if (!any && prefix) builder.insert(at, space);
      any = true;
      const shown = rest.replaceAll(' ', space);
      if (shown === text.slice(at, to)) builder.copy(at, to);
      else builder.replace(at, to, shown);
      afterSpace = spec.removeExtraWhitespaces && rest.endsWith(' ');
    }
    at = to;
    byte += taken;
  }
  if (!any) return sliceMapped(mapped, 0, 0);
  const whole = builder.build();
  let end = whole.text.length;
  if (spec.removeExtraWhitespaces) while (end > 0 && whole.text.startsWith(space, end - 1)) end--;
  const trimmed = sliceMapped(whole, 0, end);
  if (!spec.addDummyPrefix || !spec.whitespaceAsSuffix) return trimmed;
  const suffixed = new MappedBuilder(trimmed);
  suffixed.copy(0, end);
  suffixed.insert(end, space);
  return suffixed.build();
}

/** What stands at `at`, one character or as many as a rule takes, and what it becomes. */
function step(text: string, at: number, all: Uint8Array, byte: number, spec: NormalizerSpec, kept: PrefixIndex) {
  let symbol = 0;
  kept.prefixes(text, at, (_, end) => {
    symbol = end;
  });
  if (symbol > 0) return { to: symbol, bytes: countBytes(text, at, symbol), result: text.slice(at, symbol) };
  const rule = spec.charMap?.longest(all, byte);
  if (rule !== undefined) {
    let [to, bytes] = [at, 0];
    while (bytes < rule.length && to < text.length) {
      const size = unitsAt(text, to);
      bytes += countBytes(text, to, to + size);
      to += size;
    }
    // A damaged table's rule may end inside a character: it is none.
    if (bytes === rule.length) return { to, bytes, result: rule.text };
  }
  const to = at + unitsAt(text, at);
  const character = text.slice(at, to);
  // Half a surrogate pair is no text: UTF-8 has the replacement character for it.
  const result = /^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character;
  return { to, bytes: countBytes(text, at, to), result };
}

function unitsAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}

function countBytes(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i += unitsAt(text, i)) {
    const code = text.codePointAt(i)!;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code > 0xffff ? 4 : 3;
  }
  return count;
}
