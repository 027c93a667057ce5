import type { ExplorationView } from '../contract/view.ts';

/**
 * A view's alignment in Pharaoh format: `i-j` for each link, i a column (source), j a row (target), counted from 0 in
 * the unit of the state; special tokens do not count, shown or hidden. Ordered by i, then j; '' without links.
 * Source: Koehn's Pharaoh, the format of fast_align and Moses.
 */
export function pharaoh({ rows, cols, alignment }: Pick<ExplorationView, 'rows' | 'cols' | 'alignment'>): string {
  const [targets, sources] = [numbers(rows), numbers(cols)];
  return alignment
    .map(({ row, col }) => ({ i: sources[col], j: targets[row] }))
    .sort((a, b) => a.i - b.i || a.j - b.j)
    .map(({ i, j }) => `${i}-${j}`)
    .join(' ');
}

/** For each label the number of those before it that are no special tokens. */
function numbers(labels: readonly { readonly special: boolean }[]): number[] {
  let count = 0;
  return labels.map(({ special }) => (special ? count : count++));
}
