// The notices of the packages whose code is in the bundles: what their licences ask to be passed on with it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = /^(.*\bnode_modules\/((?:@[^/]+\/)?[^/]+))\//;
const TEXTS = /^(licen[cs]e|copying|notice)\b/i;
/** The comment that a source begins with, where it says the licence. */
const HEAD = /^(?:\/\/.*\n)*\/\/.*(?:licen[cs]e|redistribution).*\n(?:\/\/.*\n)*/i;

/**
 * The packages that some of the code of bundles comes from.
 * @param metafiles esbuild's, of each build   @param root folder that their paths start at
 * @returns name, version, licence, folder, and the files that code comes from, of each, by name
 */
export function bundledPackages(metafiles, root) {
  const folders = new Map();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const [, folder] = PACKAGE.exec(file) ?? [];
        if (!folder || bytesInOutput === 0) continue;
        const place = path.join(root, folder);
        if (!folders.has(place)) folders.set(place, new Set());
        folders.get(place).add(path.relative(folder, file));
      }
    }
  }
  return [...folders]
    .map(([folder, files]) => ({
      ...JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
      folder,
      files: [...files].sort(),
    }))
    .map(({ folder, files, name, version, license, author, repository }) => ({
      folder,
      files,
      name,
      version,
      license,
      author: author?.name ?? author,
      address: (repository?.url ?? repository)?.replace(/^git\+/, '').replace(/\.git$/, ''),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Files of a package that hold its licence; else what the sources themselves say, each text once. */
function licenceTexts(folder, files) {
  const texts = readdirSync(folder).filter((file) => TEXTS.test(file));
  if (texts.length > 0) return texts.sort().map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  const sources = files.map((file) => path.join(folder, file)).filter((file) => existsSync(file));
  const heads = sources.flatMap((file) => HEAD.exec(readFileSync(file, 'utf8')) ?? []);
  return [...new Set(heads)].map((head) => head.replaceAll(/^\/\/ ?/gm, '').trim());
}

/**
 * What is written into the extension about the packages in it.
 * @throws when a package brings no text of its licence: then it has to be added by hand
 */
export function noticesText(packages) {
  const parts = packages.map(({ folder, files, name, version, license, author, address }) => {
    const texts = licenceTexts(folder, files);
    if (texts.length === 0) throw new Error(`${name} ${version} (${license}) brings no text of its licence.`);
    const head = [`${name} ${version}`, `Licence: ${license}`, author && `Author: ${author}`, address];
    return [head.filter(Boolean).join('\n'), ...texts].join('\n\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const introduction =
    'Attention Explorer contains code of the packages below, each under its own licence.\n' +
    'NOTICE says the same of the model and of the data that it was trained on.';
  return `${[introduction, ...parts].join(rule)}\n`;
}
