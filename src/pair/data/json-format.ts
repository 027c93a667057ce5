import { isLanguage } from '../text-language.ts';
import {
  JSON_BEGIN,
  type JsonFrame,
  type JsonListener,
  type JsonState,
  jsonNeeds,
  readJson,
  shiftJson,
} from './json-reader.ts';
import { lineFormat } from './line-format.ts';
import { isFieldName, pickFields } from './pair-fields.ts';
import type { PairFormat, PairPosition, Span } from './pair-format.ts';
import { readWriting } from './written-text.ts';

/** Where source and target stand in a record: keys and indices with dots between, such as `translation.en`. */
export interface Paths {
  readonly source: string;
  readonly target?: string;
}

/**
 * A JSON file: every object in it, at any depth, that has two fields which are a pair; or what stands at the chosen paths of
 * each record, a record being an element of the outermost array.
 */
export function jsonFormat(paths?: Paths): PairFormat<JsonState> {
  return {
    begin: JSON_BEGIN,
    shift: shiftJson,
    needs: jsonNeeds,
    syntaxOf: () => 'json',
    read: (text, state, until, found) => readJson(text, state, until, listener(text, found, paths, recordIn)),
    // In any file there are two fields called source and target: what is in them has to look like language.
    accepts: (source, target) => paths !== undefined || isLanguage(source) || isLanguage(target ?? ''),
  };
}

/** JSON Lines: every line is a record of its own, and a broken one is left out. */
export function jsonLinesFormat(paths?: Paths): PairFormat {
  const read = (text: string, line: Span, found: (pair: PairPosition) => void) => {
    const record = text.slice(line.start, line.end);
    const pairs: PairPosition[] = [];
    const hear = listener(
      record,
      (pair) => pairs.push(pair),
      paths,
      () => 0,
    );
    if (readJson(record, JSON_BEGIN, record.length, hear).expects !== 'nothing') return;
    const move = ({ start, end }: Span): Span => ({ start: start + line.start, end: end + line.start });
    for (const { source, target, ...whole } of pairs) {
      found({ ...move(whole), source: move(source), target: target && move(target) });
    }
  };
  return lineFormat(read, { syntaxOf: () => 'json' });
}

/** The path of the value that is read, from the record's frame on; a dot inside a key is not told apart. */
function pathFrom(frames: readonly JsonFrame[], record: number): string {
  return frames
    .slice(record)
    .map(({ key }) => key)
    .join('.');
}

/** The index of the frame that is the record: the element of the outermost array; without arrays the whole. */
function recordIn(frames: readonly JsonFrame[]): number {
  return frames.findIndex(({ array }) => array) + 1;
}

function listener(
  text: string,
  found: (pair: PairPosition) => void,
  paths: Paths | undefined,
  recordOf: (frames: readonly JsonFrame[]) => number,
): JsonListener {
  if (paths) {
    return {
      string(frames) {
        const frame = recordOf(frames);
        if (frame >= frames.length) return undefined;
        const path = pathFrom(frames, frame);
        if (path === paths.source) return { frame, name: 'source' };
        return path === paths.target ? { frame, name: 'target' } : undefined;
      },
      close(frames, end) {
        const { start, fields } = frames[frames.length - 1];
        const [source, target] = [fields.get('source'), fields.get('target')];
        if (source && (target || paths.target === undefined)) found({ start, end, source, target });
      },
    };
  }
  return {
    string(frames) {
      const { key, array } = frames.at(-1) ?? { key: '', array: true };
      return !array && isFieldName(String(key)) ? { frame: frames.length - 1, name: String(key) } : undefined;
    },
    close(frames, end) {
      const { start, fields } = frames[frames.length - 1];
      if (fields.size < 2) return;
      const spans = [...fields.values()];
      const valueAt = (index: number) => readWriting('json', text, spans[index].start, spans[index].end)?.text ?? '';
      const picked = pickFields([...fields.keys()], (index) => isLanguage(valueAt(index)));
      if (picked) found({ start, end, source: spans[picked.source], target: spans[picked.target] });
    },
  };
}

/**
 * A localisation file in JSON (i18next, VS Code, Flutter's ARB): every string in it is one text of a pair, the other
 * stands under the same keys in the file of another language. What begins with @ is a note on a text.
 */
export const localisationFormat: PairFormat<JsonState> = {
  begin: JSON_BEGIN,
  shift: shiftJson,
  needs: jsonNeeds,
  syntaxOf: () => 'json',
  read: (text, state, until, found) =>
    readJson(text, state, until, {
      string(frames, source) {
        const keys = frames.map(({ key }) => String(key));
        if (keys.length === 0 || keys.some((key) => key.startsWith('@'))) return undefined;
        found({ start: source.start - 1, end: source.end + 1, source, key: keys.join('\0') });
        return undefined;
      },
    }),
};

/** A field that could be source or target, with a value to know it by. */
export interface SampleField {
  readonly name: string;
  readonly sample: string;
}

const RECORDS = 20;
const MOST = 60;

/** The paths of strings in the first records of a JSON file, or of each line of JSON Lines, in the order they are met. */
export function samplePaths(sample: string, kind: 'json' | 'jsonl'): SampleField[] {
  const fields = new Map<string, string>();
  const gather = (text: string, recordOf: (frames: readonly JsonFrame[]) => number) =>
    readJson(text, JSON_BEGIN, text.length, {
      string(frames, { start, end }) {
        const record = recordOf(frames);
        const value = readWriting('json', text, start, end)?.text;
        const path = record < frames.length ? pathFrom(frames, record) : '';
        if (path && value && !fields.has(path) && fields.size < MOST) fields.set(path, value);
        return undefined;
      },
    });
  if (kind === 'json') gather(sample, recordIn);
  else for (const line of sample.split('\n', RECORDS)) gather(line, () => 0);
  return [...fields].map(([name, value]) => ({ name, sample: value }));
}
