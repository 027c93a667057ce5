import { type PairFormat, type PairPosition, type ReadState, type Span, shiftSpan } from './pair-format.ts';
import { readMarkup } from './xml-markup.ts';

interface Unit {
  readonly start: number;
  readonly source?: Span;
  readonly target?: Span;
}

export interface XliffState extends ReadState {
  /** Names of the elements that are open, from the outermost, and where the content of the innermost begins. */
  readonly open: readonly { readonly name: string; readonly content: number }[];
  /** The unit that is read, and how many elements are open inside which it stands. */
  readonly unit?: Unit & { readonly depth: number };
  readonly broken?: boolean;
}

/** Elements whose children `source` and `target` are a pair: of XLIFF 1.2, and of 2.0. */
const UNITS = new Set(['trans-unit', 'segment']);
const DEEPEST = 200;

/**
 * An XLIFF file, 1.2 (`trans-unit`) or 2.0 (`segment`): the `source` and `target` of each unit; those of suggestions and
 * notes are left out. Where it is no longer well-formed the reading ends.
 * Source: OASIS XLIFF 1.2, 2.2.6; XLIFF 2.0, 4.2.2.
 */
export const xliffFormat: PairFormat<XliffState> = {
  begin: { offset: 0, open: [] },
  shift: ({ offset, open, unit, broken }, by) => ({
    offset: offset + by,
    open: open.map(({ name, content }) => ({ name, content: content + by })),
    unit: unit && {
      ...unit,
      start: unit.start + by,
      source: unit.source && shiftSpan(unit.source, by),
      target: unit.target && shiftSpan(unit.target, by),
    },
    broken,
  }),
  syntaxOf: () => 'xml',
  read(text, state, until, found) {
    let now = state;
    while (now.offset < until && now.offset < text.length) now = step(text, now, found);
    return now;
  },
};

/** Reads on to behind the next piece of markup. */
function step(text: string, state: XliffState, found: (pair: PairPosition) => void): XliffState {
  const at = text.indexOf('<', state.offset);
  if (at < 0) return { ...state, offset: text.length };
  const broken: XliffState = { offset: text.length, open: [], broken: true };
  const markup = readMarkup(text, at);
  if (!markup) return broken;
  const { kind, name, end } = markup;
  const { open, unit } = state;
  if (kind === 'open') {
    if (open.length >= DEEPEST) return broken;
    const started = UNITS.has(name) && !unit ? { start: at, depth: open.length } : unit;
    return { offset: end, open: [...open, { name, content: end }], unit: started };
  }
  if (kind !== 'close') return { ...state, offset: end };
  const closed = open.at(-1);
  if (closed?.name !== name) return broken;
  const rest = open.slice(0, -1);
  if (!unit) return { offset: end, open: rest };
  const content = { start: closed.content, end: at };
  if (rest.length === unit.depth + 1 && (name === 'source' || name === 'target')) {
    return { offset: end, open: rest, unit: { ...unit, [name]: content } };
  }
  if (rest.length > unit.depth) return { offset: end, open: rest, unit };
  const { start, source, target } = unit;
  if (source) found({ start, end, source, target });
  return { offset: end, open: rest };
}
