import { cpus } from 'node:os';
import { GOALS } from './goals.mjs';
import { SECTIONS } from './sections.mjs';

/**
 * bench/REPORT.md.
 * @param kept of each section what kept-results.mjs gives
 */
export async function reportOf(kept) {
  const parts = [];
  const goals = [];
  for (const [name, load] of Object.entries(SECTIONS)) {
    const of = kept[name];
    if (!of?.result) {
      const why = of?.failed ? `: ${of.failed.reason} (${of.failed.date} UTC)` : ' yet';
      parts.push(`## ${name}\n\nNot measured${why}.`);
      continue;
    }
    const module = await load();
    try {
      const [text, told] = [sectionOf(module, of.result), (module.goals ?? GOALS[name])?.(of.result) ?? []];
      parts.push(withNote(text, noteOf(of)));
      goals.push(...told);
    } catch (error) {
      // Measured by an earlier version of its module.
      parts.push(`## ${name}\n\nWhat is kept of ${of.date} UTC can't be told (${error.message}): measure it anew.`);
    }
  }
  return `# Measured

Written by \`npm run bench\`; do not edit. What it measures and how to rerun parts of it: [README.md](README.md).

${goalTable(goals)}

${parts.join('\n\n')}
`;
}

function sectionOf({ title, section }, result) {
  const text = section(result).trim();
  return title && !text.startsWith('## ') ? `## ${title}\n\n${text}` : text;
}

/** Where and when, below a section's heading. */
function withNote(text, note) {
  const [heading, ...rest] = text.split('\n');
  return [heading, '', note, ...rest].join('\n');
}

function noteOf({ date, commit, machine, loads, seconds, failed }) {
  const [least, most] = loads;
  const load =
    most > cpus().length + 1
      ? `**others were using the machine** (load ${least.toFixed(1)} to ${most.toFixed(1)}): the clock counts waiting, too`
      : `load at most ${most.toFixed(1)}`;
  const later = failed ? ` **Measuring it again failed on ${failed.date} UTC: ${failed.reason}**` : '';
  return `*${date} UTC, commit ${commit}; ${machine}; ${load}; took ${Math.round(seconds)} s.*${later}`;
}

function goalTable(goals) {
  const verdict = ({ reached }) => (reached === undefined ? 'not measured' : reached ? 'reached' : '**not reached**');
  const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = goals.map((one) => {
    const seen = one.why && !one.reached ? `${one.seen}. ${one.why}` : one.seen;
    return `| ${cell(one.goal)} | ${verdict(one)} | ${cell(seen)} |`;
  });
  const reached = goals.filter((one) => one.reached).length;
  return `## Goals of issue 5: ${reached} of ${goals.length} reached

| goal | | measured |
|---|---|---|
${rows.join('\n')}`;
}
