// Moving to another head or phase: main-thread time of the panel's page.   panel.mjs [sizes, as 12,60,400] prints it.
import { pathToFileURL } from 'node:url';
import { importBundled } from '../import-bundled.mjs';

/** Tokens a side, about; steps of a kind. */
const SIZES = [12, 30, 60, 400];
const ROUNDS = 16;

/** @returns for each size the costs of steps to another head and another phase (panel-steps.ts: PairSteps) */
export async function measure({ sizes = SIZES, rounds = ROUNDS } = {}) {
  const { panelSteps } = await importBundled('bench/panel/panel-steps.ts');
  return panelSteps(sizes, rounds);
}

/** @param result of measure()    @returns the section of the report, in Markdown */
export function section(result) {
  const rows = result.flatMap(({ sources, targets, heads, phases }) => [
    row(`another head, ${targets} × ${sources}`, heads),
    row(`another phase, ${targets} × ${sources}`, phases),
  ]);
  return `## Another head, another phase

Processor time of the panel's main thread in headless Chromium for one step (script, style, layout, paint), from the message
to the painted picture and with all that follows it; the panel is 1200 px wide, all its sections open. Goal: under 16 ms.

| step | until painted: median | 95th percentile | in all: median | 95th percentile | of that style and layout |
|---|---:|---:|---:|---:|---:|
${rows.join('\n')}
${measuring(result)}`;
}

/** Results of earlier do not say it. */
function measuring(result) {
  const all = result.flatMap(({ nothing = [] }) => nothing);
  if (all.length === 0) return '';
  return `
Measuring itself takes ${at(all, 0.5).toFixed(1)} ms of each (a step in which nothing is shown), which no figure leaves out.
`;
}

function row(name, { painted, all, layout }) {
  const cells = [at(painted, 0.5), at(painted, 0.95), at(all, 0.5), at(all, 0.95), at(layout, 0.5)];
  return `| ${name} | ${cells.map((x) => x.toFixed(1)).join(' | ')} |`;
}

/** Quantile of a list. */
function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sizes = process.argv[2]?.split(',').map(Number);
  console.log(section(await measure(sizes ? { sizes } : {})));
}
