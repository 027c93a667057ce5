/** A table; the first column is text, the others are as `align` says: l or r. */
export function markdownTable(align: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = [...align].map((side) => (side === 'r' ? '--:' : ':--'));
  return `\n\n${[line(head), line(rule), ...rows.map(line)].join('\n')}\n\n`;
}
