import { lineAt, lineStart } from './line-format.ts';
import type { PairFormat, PairPosition, ReadState, Span } from './pair-format.ts';

const MSGID = /^[ \t]*msgid[ \t]/;
const PLURAL = /[ \t]*msgid_plural[ \t]+/y;
const MSGSTR = /[ \t]*msgstr(?:\[(\d{1,2})\])?[ \t]+/y;
const KEYWORD = /[ \t]*msgid[ \t]+/y;
const STOP = /["\\]/g;
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
  const pairs = forms.map(({ at, strings: target }, i): PairPosition => {
    const ofSingular = !plural || (i === 0 && forms.length > 1);
    return { start: i === 0 ? start : at, end, source: (ofSingular ? singular : plural).strings, target };
  });
  return { pairs, next };
}

/** The strings behind a keyword, from inside the first quote to inside the last. @returns undefined when they are not there */
function readStrings(text: string, keyword: RegExp, at: number) {
  keyword.lastIndex = at;
  if (!keyword.test(text)) return undefined;
  const first = readString(text, keyword.lastIndex);
  if (!first) return undefined;
  let last = first;
  for (let more: typeof first | undefined = first; more; more = readString(text, more.next)) last = more;
  return { strings: { start: first.start, end: last.end } satisfies Span, next: last.next };
}

/** The string that stands alone on the rest of a line. No pattern does it whole: it would go as deep as the string is long. */
function readString(text: string, at: number): (Span & { readonly next: number }) | undefined {
  const line = lineAt(text, at);
  const rest = text.slice(at, line.end);
  const start = rest.length - rest.trimStart().length + 1;
  if (rest[start - 1] !== '"') return undefined;
  STOP.lastIndex = start;
  let stop = STOP.exec(rest);
  for (; stop?.[0] === '\\'; stop = STOP.exec(rest)) STOP.lastIndex++;
  if (!stop || rest.slice(stop.index + 1).trim() !== '') return undefined;
  return { start: at + start, end: at + stop.index, next: line.next };
}
