// The notices of the packages whose code is in the bundles: what their licences ask to be passed on with it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = /^(.*\bnode_modules\/((?:@[^/]+\/)?[^/]+))\//;
const TEXTS = /^(licen[cs]e|copying|notice)\b/i;

/**
 * The packages that some of the code of bundles comes from.
 * @param metafiles esbuild's, of each build   @param root folder that their paths start at
 * @returns name, version, licence and folder of each, by name
 */
export function bundledPackages(metafiles, root) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const [, folder] = PACKAGE.exec(file) ?? [];
        if (folder && bytesInOutput > 0) folders.add(path.join(root, folder));
      }
    }
  }
  return [...folders]
    .map((folder) => ({ folder, ...JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) }))
    .map(({ folder, name, version, license, author, repository }) => ({
      folder,
      name,
      version,
      license,
      author: author?.name ?? author,
      address: (repository?.url ?? repository)?.replace(/^git\+/, '').replace(/\.git$/, ''),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/**
 * What is written into the extension about the packages in it.
 * @throws when a package brings no text of its licence: then it has to be added by hand
 */
export function noticesText(packages) {
  const parts = packages.map(({ folder, name, version, license, author, address }) => {
    const files = readdirSync(folder).filter((file) => TEXTS.test(file));
    if (files.length === 0) throw new Error(`${name} ${version} (${license}) brings no text of its licence.`);
    const texts = files.sort().map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
    const head = [`${name} ${version}`, `Licence: ${license}`, author && `Author: ${author}`, address];
    return [head.filter(Boolean).join('\n'), ...texts].join('\n\n');
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const introduction =
    'Attention Explorer contains code of the packages below, each under its own licence.\n' +
    'NOTICE says the same of the model and of the data that it was trained on.';
  return `${[introduction, ...parts].join(rule)}\n`;
}
