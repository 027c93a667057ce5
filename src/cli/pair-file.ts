/** A pair and where it stands, for messages and for the keys of several pairs in one file. */
export interface LinePair {
  readonly source: string;
  /** Undefined: the model writes it. */
  readonly target: string | undefined;
  /** 1-based line of the file; undefined for --source. */
  readonly line: number | undefined;
}

/** A line that can't be read as a pair: it is reported when its turn comes. */
export interface BadLine {
  readonly line: number;
  readonly error: Error;
}

const HEADERS = new Set(['en\tzh', 'zh\ten', 'source\ttarget']);

/**
 * Pairs of a file of lines, source TAB target; further columns are not read. Blank lines, a byte order mark, Windows
 * line ends and a first line of column names are no pairs.
 * @throws Error when no line holds a pair
 */
export function readPairs(bytes: Uint8Array, file: string): (LinePair | BadLine)[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const found = linesOf(bytes).flatMap((piece, index): (LinePair | BadLine)[] => {
    const line = index + 1;
    let content: string;
    try {
      content = decoder.decode(piece).replace(/\r$/, '');
    } catch {
      return [{ line, error: new Error(`${file} is not UTF-8 text here. Save it as UTF-8.`) }];
    }
    if (index === 0) content = content.replace(/^\uFEFF/, '');
    if (content.trim() === '' || (index === 0 && HEADERS.has(content))) return [];
    const [source, target = ''] = content.split('\t');
    return [{ source, target: target === '' ? undefined : target, line }];
  });
  if (found.length > 0) return found;
  throw new Error(`${file} holds no pair. Write a source, a tab and a target on a line.`);
}

/** Cut at line feeds while still bytes: a line of broken text must not spoil the others. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start <= bytes.length; ) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    start = end < 0 ? bytes.length + 1 : end + 1;
  }
  return lines;
}
