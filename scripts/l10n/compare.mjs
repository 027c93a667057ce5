import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../host/paths.mjs';
import { extract } from './extract.mjs';
import { mergeBundle } from './merge-bundle.mjs';

/**
 * What a language lacks and what it holds in vain.
 * @returns missing: key → where it stands; unused: keys; wrong: translations whose placeholders are not the key's;
 *   dynamic: places where what is translated is no literal; manifest: the same for package.nls.<language>.json
 */
export function compare(language, { texts, dynamic } = extract()) {
  const bundle = mergeBundle(language);
  const missing = new Map([...texts].filter(([key]) => !(key in bundle)));
  const unused = Object.keys(bundle).filter((key) => !texts.has(key));
  const wrong = Object.entries(bundle).filter(([key, text]) => placeholders(key) !== placeholders(text));
  return { missing, unused, wrong: wrong.map(([key]) => key), dynamic, manifest: compareManifest(language), bundle };
}

/** package.json's %keys% against package.nls.json and package.nls.<language>.json. */
function compareManifest(language) {
  const used = new Set([...read('package.json').matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key));
  const english = JSON.parse(read('package.nls.json'));
  const other = JSON.parse(read(`package.nls.${language}.json`));
  return {
    undefined: [...used].filter((key) => !(key in english)),
    missing: Object.keys(english).filter((key) => !(key in other)),
    unused: [...new Set([...Object.keys(english), ...Object.keys(other)])].filter((key) => !used.has(key)),
    /** Links to commands and code are the same in every language. */
    wrong: Object.keys(english).filter((key) => key in other && marks(english[key]) !== marks(other[key])),
    other,
  };
}

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** As sets: a translation may name a value twice. */
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g))].sort().join();

const marks = (text) => [...(text.match(/\]\([^)]*\)|`[^`]*`/g) ?? [])].sort().join();
