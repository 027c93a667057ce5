// The parts of a language, l10n/<language>/<area>.json, as one bundle.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../host/paths.mjs';

/** Fills what no area has said. */
const REST = 'rest.json';

/** Languages that have a folder of parts: ['zh-cn']. */
export function languages() {
  const folder = path.join(root, 'l10n');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/**
 * @param language folder under l10n/
 * @returns {Record<string, string>} English text → translation, of all parts, sorted
 * @throws when a part is not an object of texts, or two parts translate a text differently
 */
export function mergeBundle(language, folder = path.join(root, 'l10n', language)) {
  const bundle = new Map();
  const from = new Map();
  // The rest comes last.
  const names = readdirSync(folder).sort((a, b) => Number(a === REST) - Number(b === REST) || (a < b ? -1 : 1));
  for (const name of names) {
    if (!name.endsWith('.json')) continue;
    for (const [english, text] of Object.entries(readPart(path.join(folder, name), `${language}/${name}`))) {
      const earlier = bundle.get(english);
      if (name === REST && earlier !== undefined) continue;
      if (earlier !== undefined && earlier !== text) {
        throw new Error(
          `l10n/${language}: “${english}” is “${earlier}” in ${from.get(english)} and “${text}” in ${name}. Keep one of them.`,
        );
      }
      bundle.set(english, text);
      from.set(english, name);
    }
  }
  return Object.fromEntries([...bundle].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readPart(file, name) {
  let part;
  try {
    part = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`l10n/${name} is not JSON: ${error.message}`);
  }
  if (typeof part !== 'object' || part === null || Array.isArray(part)) throw new Error(`l10n/${name} is no object.`);
  const wrong = Object.entries(part).find(([, text]) => typeof text !== 'string' || text === '');
  if (wrong) throw new Error(`l10n/${name}: “${wrong[0]}” has no text.`);
  return part;
}

/** Writes dist/l10n/bundle.l10n.<language>.json for every language: where package.json's "l10n" points. */
export function writeBundles(out = path.join(root, 'dist/l10n')) {
  mkdirSync(out, { recursive: true });
  for (const language of languages()) {
    const bundle = mergeBundle(language);
    writeFileSync(path.join(out, `bundle.l10n.${language}.json`), `${JSON.stringify(bundle, null, 1)}\n`);
  }
}
