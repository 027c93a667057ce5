import { scriptOf } from '../text-language.ts';
import { isLanguage } from './is-language.ts';
import { type Fields, pickFields } from './pair-fields.ts';

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
