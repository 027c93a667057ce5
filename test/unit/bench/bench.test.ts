import { describe, expect, it } from 'vitest';
import { ladderChart } from '../../../bench/chart/ladder-chart.mjs';
import { ladderOf } from '../../../bench/chart/ladder-of.mjs';
import { GOALS as TOLD } from '../../../bench/goals.mjs';
import { readAllKept } from '../../../bench/kept-results.mjs';
import { reportOf } from '../../../bench/report.mjs';
import { SECTIONS as ALL } from '../../../bench/sections.mjs';

interface Goal {
  readonly goal: string;
  readonly seen: string;
}
interface Section {
  readonly title?: string;
  measure(): Promise<unknown>;
  section(result: unknown): string;
  goals?(result: unknown): Goal[];
}
interface Kept {
  readonly date: string;
  readonly commit: string;
  readonly result?: unknown;
}
const SECTIONS = ALL as unknown as Record<string, () => Promise<Section>>;
const GOALS = TOLD as unknown as Record<string, NonNullable<Section['goals']>>;
const kept: Record<string, Kept | undefined> = readAllKept();
const measured = Object.keys(SECTIONS).filter((name) => kept[name]?.result);

// No number is looked at here: how fast it is on this machine at this moment proves nothing.
it.each(Object.keys(SECTIONS))('the section %s of the bench can be measured and told of', async (name) => {
  const { measure, section } = await SECTIONS[name]();
  expect([typeof measure, typeof section]).toEqual(['function', 'function']);
});

describe.each(measured)('the section %s of the bench', (name) => {
  it('gives its part of the report, and how its goals stand, from what was measured last', async () => {
    const module = await SECTIONS[name]();
    const { result } = kept[name] ?? {};
    expect(module.title ?? module.section(result)).toMatch(/\S/);
    expect(module.section(result)).not.toMatch(/undefined|NaN/);
    const goals = (module.goals ?? GOALS[name])(result);
    expect(goals.length).toBeGreaterThan(0);
    for (const { goal, seen } of goals) expect(`${goal} ${seen}`).not.toMatch(/undefined|NaN/);
  });
});

it('a section that failed is told of, and the others stand', async () => {
  const [first, ...others] = measured;
  const failed = { date: '2026-01-02 03:04', reason: 'its process ended' };
  const report = await reportOf({ ...kept, [first]: { failed } });
  expect(report).toContain(`## ${first}\n\nNot measured: its process ended (2026-01-02 03:04 UTC).`);
  for (const name of others) expect(report).toContain(`commit ${kept[name]?.commit}`);
  // What was measured before it failed is shown with its age.
  const again = await reportOf({ ...kept, [first]: { ...kept[first], failed } });
  expect(again).toContain(`commit ${kept[first]?.commit}`);
  expect(again).toContain('Measuring it again failed on 2026-01-02 03:04 UTC: its process ended');
});

it('the ladder is drawn: a point for each rung, higher where it takes longer', () => {
  const rung = (length: number) => ({
    length,
    firstPicture: length / 100,
    wholeBase: length ** 2 / 1e5,
    megabytesAboveIdle: length / 200,
  });
  const svg: string = ladderChart(ladderOf({ ladder: [8192, 2048, 4096, 16_384].map(rung) }), { whole: 2, memory: 1 });
  const points = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="4" fill="(#\w+)"\/>(?!\n<text)/g)];
  expect(points).toHaveLength(12);
  for (let series = 0; series < 3; series++) {
    const [xs, ys] = [1, 2].map((at) => points.slice(series * 4, series * 4 + 4).map((point) => Number(point[at])));
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(ys).toEqual([...ys].sort((a, b) => b - a));
    for (const y of ys) expect(y).toBeGreaterThan(60);
    for (const y of ys) expect(y).toBeLessThan(340);
  }
  expect(svg).not.toMatch(/NaN|undefined/);
});
