import type { Matrix } from '../tensor/matrix.ts';

/** Half the width of the band: this part of the columns, and one column at least. */
const BAND = 0.1;

/** Which rows and columns are tokens of the text, and whether a row stands where the column of its number stands. */
export interface DiagonalAxes {
  readonly rows: readonly { readonly special: boolean }[];
  readonly cols: readonly { readonly special: boolean }[];
  /** Self-attention: row t and column t are one position, so that the diagonal is where they meet. */
  readonly self: boolean;
}

/**
 * How far a head goes along with the text: the share of its weight that lies on the diagonal or beside it.
 *
 *   mean over rows of Σ w over the columns within max(1, S / 10) of the row's place on the diagonal
 *
 * In cross-attention the diagonal goes from corner to corner of what is no special token, so that texts of different
 * lengths have one, too: row t of T meets column (t + ½)·S/T − ½. Weight on special tokens counts as off the diagonal.
 * In one sentence: "Diagonal: how much of the weight goes to tokens at the same place of the text, or next to it."
 * @param weights [T, S], or those of some queries
 * @param sample which queries these are, ascending; all where left out
 * @returns 0 to 1; 0 where no row is left
 */
export function diagonality(weights: Matrix, { rows, cols, self }: DiagonalAxes, sample?: Int32Array): number {
  const all = <T>(list: readonly T[]) => list.map((_, i) => i);
  const content = (list: DiagonalAxes['rows']) => all(list).filter((i) => !list[i].special);
  const [queries, keys] = self ? [all(rows), all(cols)] : [content(rows), content(cols)];
  const reach = Math.max(1, BAND * keys.length);
  const lines = sample && new Map([...sample].map((t, line) => [t, line]));
  let sum = 0;
  let count = 0;
  queries.forEach((t, i) => {
    const line = lines === undefined ? t : lines.get(t);
    if (line === undefined) return;
    count++;
    const place = ((i + 0.5) * keys.length) / queries.length - 0.5;
    const end = Math.min(keys.length - 1, Math.floor(place + reach));
    for (let j = Math.max(0, Math.ceil(place - reach)); j <= end; j++) {
      sum += weights.data[line * weights.cols + keys[j]];
    }
  });
  return count === 0 ? 0 : sum / count;
}
