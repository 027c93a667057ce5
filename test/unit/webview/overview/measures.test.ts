import { describe, expect, it } from 'vitest';
import type { Overview, WholeView } from '../../../../src/contract/view.ts';
import { cellName } from '../../../../webview/heatmap/cell-description.ts';
import { measureText, ranked } from '../../../../webview/overview/measures.ts';

const overview = {
  layers: 2,
  heads: 2,
  measures: {
    entropy: Float32Array.of(1, 0.2, 0.2, 2),
    diagonal: Float32Array.of(0.1, 0.9, 0.3, 0.3),
    sink: Float32Array.of(0.2, 0.1, 0.8, 0.4),
  },
} as unknown as Overview;

describe('heads by a measure', () => {
  it('come with the lowest entropy first, or with most of a share, equals in their own order', () => {
    expect(ranked(overview, 'sharpest')).toEqual([1, 2, 0, 3]);
    expect(ranked(overview, 'diagonal')).toEqual([1, 2, 3, 0]);
    expect(ranked(overview, 'sink')).toEqual([2, 3, 0, 1]);
    expect([measureText('sharpest', 0.2), measureText('sink', 0.8)]).toEqual(['0.20 nat', '80 %']);
  });
});

describe('the name of a cell', () => {
  const label = (text: string, from: number) => ({ text, from, to: from + 1 });
  const view = ({
    values,
    before,
    ...over
  }: {
    values?: Float32Array;
    before?: Float32Array;
    [name: string]: unknown;
  }) =>
    ({
      rows: [label('猫', 0)],
      cols: [label('the', 0), label('cat', 1)],
      of: 'weight',
      state: {},
      map: {
        kind: 'whole',
        values: values ?? Float32Array.of(Number.NaN, 0.75),
        weights: Float32Array.of(0, 0.75),
        before,
      },
      alignment: [],
      ...over,
    }) as unknown as WholeView;

  it('says each matrix by its own name', () => {
    const values = Float32Array.of(0.5, 1.25);
    expect(cellName(view({ of: 'value', values }), { row: 0, col: 1 })).toBe(
      '猫 → cat: value-weighted 1.250, weight 0.750',
    );
    expect(cellName(view({ of: 'rollout', values }), { row: 0, col: 0 })).toBe('猫 → the: rollout 0.500');
  });

  it('says what was before, what was masked by hand, and what is aligned', () => {
    const changed = view({
      state: { whatIf: { mask: [0] } },
      before: Float32Array.of(0.625, 0.25),
      alignment: [{ row: 0, col: 1 }],
    });
    expect(cellName(changed, { row: 0, col: 0 })).toBe('猫 → the: masked, before 0.625');
    expect(cellName(changed, { row: 0, col: 1 })).toBe('猫 → cat: weight 0.750, before 0.250, aligned');
    expect(cellName(view({}), { row: 0, col: 0 })).toBe('猫 may not look at the');
  });
});
