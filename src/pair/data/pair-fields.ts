import { isDoubtfulLanguage, isLanguage, languageOfField, scriptOf } from '../text-language.ts';

/** Which of a record's fields are source and target, by their indices. */
interface Fields {
  readonly source: number;
  readonly target?: number;
}

/**
 * What fields are called that make a pair, source first, the surest first; written small and without _, - and spaces.
 * Source is what the encoder reads, target what the decoder says: of a question about a context the context is the source,
 * as the question and the answer are read off it; a question and its answer alone are source and target.
 */
const PAIRS: readonly (readonly [string, string])[] = [
  ['source', 'target'],
  ['src', 'tgt'],
  ['src', 'trg'],
  ['src', 'mt'],
  ['sourcetext', 'targettext'],
  ['sourcesentence', 'targetsentence'],
  ['srctext', 'tgttext'],
  ['original', 'translation'],
  ['text', 'translation'],
  ['document', 'summary'],
  ['article', 'summary'],
  ['article', 'highlights'],
  ['dialogue', 'summary'],
  ['text', 'summary'],
  ['context', 'question'],
  ['passage', 'question'],
  ['context', 'answer'],
  ['question', 'answer'],
  ['premise', 'hypothesis'],
  ['sentence1', 'sentence2'],
  ['prompt', 'completion'],
  ['input', 'output'],
];

const PLAIN = new Set(PAIRS.flat());
const BEFORE = /^(.+)[_.\- ]([a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?|[a-z]{4,})$/i;
const AFTER = /^([a-z]{2,3}|[a-z]{4,})[_.\- ](.+)$/i;

/** True for a name that could be source or target of a pair: others need not be remembered. */
export function isFieldName(name: string): boolean {
  return PLAIN.has(plain(name)) || splitName(name) !== undefined;
}

/**
 * Finds source and target among the fields of a record: by names that are used together, else two languages
 * (`en` and `zh`, `text_en` and `text_zh`, `English` and `Chinese`) in the order in which they stand; of more than two
 * languages English and Chinese.
 * @param isText whether the value of a field is language rather than an identifier
 */
export function pickFields(names: readonly string[], isText: (index: number) => boolean): Required<Fields> | undefined {
  const at = new Map(names.map((name, index) => [plain(name), index] as const).reverse());
  const known = PAIRS.find((pair) => pair.every((name) => at.has(name)));
  if (known) return { source: at.get(known[0])!, target: at.get(known[1])! };
  const groups = new Map<string, Map<string, number>>();
  names.forEach((name, index) => {
    const split = splitName(name);
    if (!split || (isDoubtfulLanguage(split.code) && !isText(index))) return;
    const group = groups.get(split.stem) ?? new Map<string, number>();
    groups.set(split.stem, group);
    if (!group.has(split.language)) group.set(split.language, index);
  });
  const group = [...groups.values()].find(({ size }) => size > 1);
  if (!group) return undefined;
  const { en, zh } = Object.fromEntries(group);
  if (group.size > 2 && en !== undefined && zh !== undefined) return { source: en, target: zh };
  const [source, target] = [...group.values()].sort((a, b) => a - b);
  return { source, target };
}

/** `text_en`, `en_text`, `en`: the language, how it is written, and what it is of. */
function splitName(name: string) {
  const alone = languageOfField(name);
  if (alone) return { stem: '', code: name.toLowerCase(), language: alone };
  const [, stem, last] = BEFORE.exec(name) ?? [];
  const ending = last && languageOfField(last);
  if (ending) return { stem: `${plain(stem)}_`, code: last.toLowerCase(), language: ending };
  const [, first, rest] = AFTER.exec(name) ?? [];
  const beginning = first && languageOfField(first);
  return beginning ? { stem: `_${plain(rest)}`, code: first.toLowerCase(), language: beginning } : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_\-\s]/g, '');
}

/** Source and target column of a table, and whether its first row names the columns. */
export interface Columns extends Fields {
  readonly header: boolean;
}

/**
 * Finds the two columns of a table that are a pair: by the names in its first row, else the two columns that hold language;
 * of more than two the first two in different scripts.
 * @param rows decoded fields of the first rows
 * @returns undefined when that leaves it open
 */
export function pickColumns(rows: readonly (readonly string[])[]): Columns | undefined {
  const [first = [], ...rest] = rows;
  const body = rest.length > 0 ? rest : rows;
  const named = pickFields(
    first.map((name) => name.trim()),
    (column) => mostly(body, column, isLanguage),
  );
  if (named) return { ...named, header: true };
  const width = Math.max(0, ...body.map((row) => row.length));
  const all = Array.from({ length: width }, (_, column) => column);
  const texts = all.filter((column) =>
    mostly(body, column, (text) => isLanguage(text) || /^[\p{L}\p{M}'’ .,!?-]+$/u.test(text)),
  );
  const language = texts.filter((column) => mostly(body, column, isLanguage, 0.5));
  const pair = width === 2 && texts.length === 2 ? texts : language.length === 2 ? language : apart(body, language);
  if (!pair) return undefined;
  const [source, target] = pair;
  return columnsAt(rows, source, target);
}

/** Columns that were found or chosen, with whether the first row names them: it is in one script over two. */
export function columnsAt(rows: readonly (readonly string[])[], source: number, target?: number): Columns {
  const [first = [], ...body] = rows;
  const named = pickFields(first, () => false) !== undefined;
  if (named || target === undefined || body.length === 0) return { source, target, header: named };
  const alike = script([first], source) === script([first], target);
  return { source, target, header: alike && script(body, source) !== script(body, target) };
}

/** The first two columns whose scripts differ. */
function apart(rows: readonly (readonly string[])[], columns: readonly number[]): readonly number[] | undefined {
  const [source, ...others] = columns;
  const target = others.find((column) => script(rows, column) !== script(rows, source));
  return target === undefined ? undefined : [source, target];
}

function script(rows: readonly (readonly string[])[], column: number): string | undefined {
  return scriptOf(rows.map((row) => row[column] ?? '').join(' '));
}

/** Whether at least a share of a column's fields that are not empty are so. */
function mostly(
  rows: readonly (readonly string[])[],
  column: number,
  is: (text: string) => boolean,
  share = 0.7,
): boolean {
  const filled = rows.flatMap((row) => row[column]?.trim() || []);
  return filled.length > 0 && filled.filter(is).length >= share * filled.length;
}
