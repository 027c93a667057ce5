/** Room between columns: VS Code's hovers leave none. */
const GAP = '&emsp;';

/** A table in Markdown. @param align for each column l or r */
export function markdownTable(align: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i > 0 ? `${GAP}${cell}` : cell)).join(' | ')} |`;
  const rule = [...align].map((side) => (side === 'r' ? '--:' : ':--'));
  return `\n\n${[line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')}\n\n`;
}
