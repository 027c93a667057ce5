import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/host/paths.mjs';
import { SECTIONS } from './sections.mjs';

const folder = path.join(root, 'bench/results');
const fileOf = (name) => path.join(folder, `${name}.json`);

/**
 * What was measured last of a section, with when, where and on what: {date, commit, machine, loads, seconds, result}; beside it
 * `failed` {date, reason} where the last attempt gave nothing.
 */
export function readKept(name) {
  return existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), 'utf8')) : undefined;
}

/** Of all sections, undefined where nothing was ever measured. */
export function readAllKept() {
  return Object.fromEntries(Object.keys(SECTIONS).map((name) => [name, readKept(name)]));
}

export function keep(name, kept) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(name), `${JSON.stringify(kept, rounded, 1)}\n`);
}

/** Five digits are more than a clock knows. */
function rounded(_, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}
