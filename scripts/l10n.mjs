#!/usr/bin/env node
// npm run l10n: what of the window and the editor is not translated, and what is translated in vain.
//   --stub   only the missing keys, as JSON to be filled in and put into l10n/<language>/<area>.json
import { compare } from './l10n/compare.mjs';
import { extract } from './l10n/extract.mjs';
import { languages } from './l10n/merge-bundle.mjs';

const found = extract();
for (const language of languages()) {
  const { missing, unused, wrong, dynamic, manifest } = compare(language, found);
  if (process.argv.includes('--stub')) {
    console.log(JSON.stringify(Object.fromEntries([...missing.keys()].map((key) => [key, ''])), null, 2));
    continue;
  }
  const nls = `package.nls.${language}.json`;
  const lists = [
    [`Not in l10n/${language}/*.json`, [...missing].map(([key, places]) => `${JSON.stringify(key)}   ${places[0]}`)],
    [`In l10n/${language}/*.json, and nothing says it`, unused.map((key) => JSON.stringify(key))],
    ['Other placeholders than the English', wrong.map((key) => JSON.stringify(key))],
    ['No literal, so that it cannot be looked up', dynamic],
    [`Not in ${nls}`, manifest.missing],
    ['In package.json, but not in package.nls.json', manifest.undefined],
    ['In package.nls*.json, but not in package.json', manifest.unused],
  ];
  for (const [title, lines] of lists)
    if (lines.length) console.log(`${title} (${lines.length}):\n  ${lines.join('\n  ')}\n`);
  const open = lists.reduce((sum, [, lines]) => sum + lines.length, 0);
  console.log(`${language}: ${found.texts.size} texts, ${open ? `${open} things to do` : 'all translated'}`);
  if (open) process.exitCode = 1;
}
