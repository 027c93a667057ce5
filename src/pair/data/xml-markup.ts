/** One piece of XML markup: its end, and of a tag the name without its prefix. */
export interface Markup {
  readonly kind: 'open' | 'close' | 'empty' | 'cdata' | 'other';
  readonly name: string;
  readonly end: number;
}

const NAME = /[\p{L}_][\p{L}\p{N}_.·-]*(?::[\p{L}_][\p{L}\p{N}_.·-]*)?/uy;
const STOP = /["'<>]/g;

/**
 * Reads the tag, comment, CDATA section, processing instruction or document type that begins with the `<` at an offset.
 * @returns undefined when it has no end, is no tag, or is a document type with declarations: those are not read
 */
export function readMarkup(text: string, at: number): Markup | undefined {
  if (text.startsWith('<!--', at)) return upTo(text, '-->', at + 4, 'other');
  if (text.startsWith('<![CDATA[', at)) return upTo(text, ']]>', at + 9, 'cdata');
  if (text.startsWith('<?', at)) return upTo(text, '?>', at + 2, 'other');
  const type = text.startsWith('<!DOCTYPE', at);
  const close = text[at + 1] === '/';
  NAME.lastIndex = at + (type ? 2 : close ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  const end = name && tagEnd(text, NAME.lastIndex);
  if (!end || (type && text.slice(at, end).includes('['))) return undefined;
  const kind = type ? 'other' : close ? 'close' : text[end - 2] === '/' ? 'empty' : 'open';
  return { kind, name: name.slice(name.indexOf(':') + 1), end };
}

function upTo(text: string, mark: string, from: number, kind: Markup['kind']): Markup | undefined {
  const found = text.indexOf(mark, from);
  return found < 0 ? undefined : { kind, name: '', end: found + mark.length };
}

/** Behind the `>` that ends a tag; one inside an attribute's quotes does not. */
function tagEnd(text: string, from: number): number | undefined {
  STOP.lastIndex = from;
  for (let stop = STOP.exec(text); stop; stop = STOP.exec(text)) {
    const [mark] = stop;
    if (mark === '>') return stop.index + 1;
    if (mark === '<') return undefined;
    const quote = text.indexOf(mark, stop.index + 1);
    if (quote < 0) return undefined;
    STOP.lastIndex = quote + 1;
  }
  return undefined;
}
