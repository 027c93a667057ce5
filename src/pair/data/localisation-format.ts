import { JSON_BEGIN, type JsonState, jsonNeeds, readJson, shiftJson } from './json-reader.ts';
import type { PairFormat } from './pair-format.ts';

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
