#!/usr/bin/env node
// npm run walkthrough: draws the pictures of Get Started, from the bundled model, into media/walkthrough/.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './host/paths.mjs';

const outfile = path.join(root, 'dist/test/walkthrough.mjs');
const entry = path.join(root, 'scripts/walkthrough/pictures.ts');
await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
const { walkthroughPictures } = await import(pathToFileURL(outfile).href);
const folder = path.join(root, 'media/walkthrough');
mkdirSync(folder, { recursive: true });
for (const [name, picture] of await walkthroughPictures(root)) writeFileSync(path.join(folder, `${name}.svg`), picture);
