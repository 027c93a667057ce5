import { pathFrom, recordIn } from './json-format.ts';
import { JSON_BEGIN, type JsonFrame, readJson } from './json-reader.ts';
import { readWriting } from './written-text.ts';

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
