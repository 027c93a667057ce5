import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { explorationJson } from '../../../src/export/exploration-json.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { wholeViewOf as engineView } from '../insight/whole-view.ts';
import { broken } from './check-schema.ts';
import { hostileRun, STATES, viewOf } from './hostile-run.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const schema = JSON.parse(readFileSync(path.join(root, 'media/exploration.schema.json'), 'utf8'));

let kept: RunResult;

beforeAll(async () => {
  kept = await hostileRun();
});

it.each(STATES)('an exported exploration is as the schema describes it: %j', (state) => {
  const view = viewOf(kept, { ...state, alignment: 'argmax' });
  expect(broken(JSON.parse(explorationJson(view, kept.summary)), schema)).toEqual([]);
});

it('with a what-if, too', async () => {
  const { state } = viewOf(kept);
  const view = await engineView(kept, { ...state, whatIf: { mask: [1], force: { query: 2, keys: [0, 3] } } });
  const read = JSON.parse(explorationJson(view, kept.summary));
  expect(broken(read, schema)).toEqual([]);
  expect(read.whatIf.before.weights).not.toEqual(read.whatIf.after.weights);
  expect(read.before).toHaveLength(view.rows.length);
});

it('the schema refuses what is not as it says', () => {
  const read = JSON.parse(explorationJson(viewOf(kept), kept.summary));
  const { target: _, ...without } = read;
  expect(broken(without, schema)).toEqual(['$: has no target']);
  expect(broken({ ...read, of: 'colour' }, schema)).toHaveLength(1);
  expect(broken({ ...read, extra: 1 }, schema)).toEqual(['$: extra is not described']);
  expect(broken({ ...read, values: [['0.5']] }, schema)).toHaveLength(1);
});

it('VS Code is told to hold it against the files that we name', () => {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(contributes.jsonValidation).toContainEqual({
    fileMatch: '*.attention.json',
    url: './media/exploration.schema.json',
  });
});
