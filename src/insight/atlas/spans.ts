import type { AxisLabel } from '../../contract/view.ts';

/** The rows or columns of a long matrix: which pieces each stands for, without objects of their own. */
export interface Spans {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 at special tokens. */
  readonly special: Uint8Array;
  /** Each is the piece of its own number, and there are no other pieces. */
  readonly plain: boolean;
}

/** @param pieces how many there are, those of no label included */
export function spansOf(labels: readonly Pick<AxisLabel, 'from' | 'to' | 'special'>[], pieces: number): Spans {
  const plain = labels.length === pieces && labels.every(({ from, to }, i) => from === i && to === i + 1);
  return {
    count: labels.length,
    from: Int32Array.from(labels, ({ from }) => from),
    to: Int32Array.from(labels, ({ to }) => to),
    special: Uint8Array.from(labels, ({ special }) => (special ? 1 : 0)),
    plain,
  };
}
