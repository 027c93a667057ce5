// Panning and zooming over a matrix of 16,384 × 16,384 in headless Chromium.   pan.mjs prints the section.
import { pathToFileURL } from 'node:url';
import { importBundled } from '../import-bundled.mjs';

const SECONDS = 5;
const QUICK_SECONDS = 2;
const GOAL = 16;

export const title = 'Panning and zooming a long text';

/** @returns frames (pan-frames.ts: PanFrames) of each script, free and paced: rAF deltas and main-thread work, ms */
export async function measure({ quick = false } = {}) {
  const { panFrames } = await importBundled('bench/pan/pan-frames.ts');
  return panFrames(quick ? QUICK_SECONDS : SECONDS);
}

/** @param result of measure()    @returns the section of the report, in Markdown, below its heading */
export function section({ free, paced }) {
  return `\`<ax-atlas>\` over 16,384 × 16,384 cells, 1200 px wide, in headless Chromium without a GPU: everything is painted by the
processor. It is panned and zoomed by the wheel, each frame, for ${free[0]?.seconds ?? 0} s a script, while tiles arrive from a worker that
makes them. *Frame* is the time between two animation frames; *work* what the component's own painting and input took of one on the
main thread; *processor* the main thread's processor time a frame in all (script, style, layout, paint), by Chromium's own count.

As fast as frames can be made (\`--disable-frame-rate-limit\`), which the goal is held to:

${table(free)}

At the beat of a display, where a frame takes 16.7 ms at the least:

${table(paced)}
`;
}

function table(runs) {
  const lines = runs.map(({ name, seconds, frames, deltas, work, processor, tiles }) => {
    const numbers = [
      ...[0.5, 0.95, 1].map((share) => at(deltas, share)),
      ...[0.5, 0.95, 1].map((share) => at(work, share)),
      processor,
    ];
    return `| ${name} | ${(frames / seconds).toFixed(0)} | ${tiles} | ${numbers.map((x) => x.toFixed(1)).join(' | ')} |`;
  });
  return `| script | frames a second | tiles | frame: median ms | 95th | worst | work: median ms | 95th | worst | processor ms |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${lines.join('\n')}`;
}

/** @returns the goals of issue 5 that this tells of */
export function goals({ free, paced }) {
  const reached = free.every(({ deltas }) => at(deltas, 0.5) <= GOAL);
  const fewest = Math.min(...paced.map(({ frames, seconds }) => frames / seconds));
  const seen = free.map(({ name, deltas }) => `${name} ${at(deltas, 0.5).toFixed(1)} ms`).join(', ');
  return [
    {
      goal: `A 16,384 × 16,384 heatmap pans and zooms: median frame at most ${GOAL} ms, in software`,
      reached,
      seen: `median, frames as fast as they can be made: ${seen}; paced by a display, ${fewest.toFixed(0)} frames a second on average in the slowest script`,
      ...(reached ? {} : { why: 'painting in software shares the processors with what else ran' }),
    },
  ];
}

/** Quantile of a list. */
function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await measure({ quick: process.argv.includes('--quick') });
  console.log(`## ${title}\n\n${section(result)}`);
  for (const { goal, reached, seen } of goals(result))
    console.log(`${reached ? 'reached' : 'NOT reached'}: ${goal}: ${seen}`);
}
