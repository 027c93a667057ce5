import { lineAt, lineStart } from './lines.ts';
import type { PairFormat, PairPlace, ReadState, Span } from './pair-format.ts';

const MSGID = /^[ \t]*msgid[ \t]/;
const PLURAL = /[ \t]*msgid_plural[ \t]+/y;
const MSGSTR = /[ \t]*msgstr(?:\[(\d{1,2})\])?[ \t]+/y;
const KEYWORD = /[ \t]*msgid[ \t]+/y;
/** One string and the rest of its line. */
const STRING = /[ \t]*"(?:[^"\\\r\n]|\\[^\r\n])*"[ \t]*(?:\r?\n|$)/y;
/** An entry longer than this is not looked for from its middle. */
const FARTHEST = 100_000;

/**
 * A PO file: `msgid` with its `msgstr`. Of a plural entry the first of several forms belongs to the singular, the others to
 * `msgid_plural`; a language with one form (Chinese) says the plural with it. An entry without a translation is a source
 * alone. Obsolete entries (#~) are comments. Source: GNU gettext manual, "PO Files".
 */
export const poFormat: PairFormat = {
  begin: { offset: 0 },
  syntaxOf: () => 'po',
  startAt(text, offset) {
    const line = lineStart(text, offset);
    for (let start = line; offset - start < FARTHEST; start = lineStart(text, start - 1)) {
      if (MSGID.test(text.slice(start, start + 200))) return { offset: start };
      if (start === 0) break;
    }
    return { offset: line };
  },
  read(text, state, until, found): ReadState {
    let { offset } = state;
    while (offset < text.length && offset < until) {
      const entry = MSGID.test(text.slice(offset, offset + 200)) ? readEntry(text, offset) : undefined;
      for (const pair of entry?.pairs ?? []) found(pair);
      offset = entry?.next ?? lineAt(text, offset).next;
    }
    return { offset };
  },
};

function readEntry(text: string, start: number) {
  const singular = readStrings(text, KEYWORD, start);
  const plural = singular && readStrings(text, PLURAL, singular.next);
  const forms: { readonly at: number; readonly strings: Span }[] = [];
  let next = (plural ?? singular)?.next;
  while (next !== undefined) {
    const form = readStrings(text, MSGSTR, next);
    if (!form) break;
    forms.push({ at: next, strings: form.strings });
    next = form.next;
  }
  if (!singular || next === undefined || forms.length === 0) return undefined;
  const end = forms[forms.length - 1].strings.end + 1;
  const pairs = forms.map(({ at, strings: target }, i): PairPlace => {
    const ofSingular = !plural || (i === 0 && forms.length > 1);
    return { start: i === 0 ? start : at, end, source: (ofSingular ? singular : plural).strings, target };
  });
  return { pairs, next };
}

/** The strings behind a keyword, from inside the first quote to inside the last. @returns undefined when they are not there */
function readStrings(text: string, keyword: RegExp, at: number) {
  keyword.lastIndex = at;
  if (!keyword.test(text)) return undefined;
  const start = text.indexOf('"', keyword.lastIndex) + 1;
  let next = keyword.lastIndex;
  let end = 0;
  for (STRING.lastIndex = next; STRING.test(text); STRING.lastIndex = next) {
    next = STRING.lastIndex;
    end = text.lastIndexOf('"', next - 1);
  }
  return end >= start && end > 0 ? { strings: { start, end } satisfies Span, next } : undefined;
}
