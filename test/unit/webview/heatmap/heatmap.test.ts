import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellText } from '../../../../webview/heatmap/cell-color.ts';
import { rank } from '../../../../webview/heatmap/cell-description.ts';
import { heatmapLayout, MAX_HEIGHT } from '../../../../webview/heatmap/heatmap-layout.ts';
import { valueScale, weightMax } from '../../../../webview/heatmap/value-scale.ts';

const SEED = 20261122;
const widths = (count: number, width: number) => Array.from({ length: count }, () => width);
const layout = (rows: number, cols: number, label: number, width = 668, zoom: number | 'fit' = 1) =>
  heatmapLayout({ width, rowLabels: widths(rows, 40), colLabels: widths(cols, label), corner: 60, zoom });

describe('what stands in a cell', () => {
  test.each([
    ['weight', 0.738, 40, '0.74'],
    ['weight', 0.738, 39, '.74'],
    ['weight', 0.738, 26, '.74'],
    ['weight', 0.738, 25, ''],
    ['weight', 0.0049, 60, '·'],
    ['weight', 0.999, 30, '1.0'],
    ['weight', 0.999, 60, '1.00'],
    ['score', -4.79, 60, '−4.8'],
    ['score', -27.1, 30, '−27'],
    ['contribution', 12.34, 60, '12.3'],
    ['weight', Number.NaN, 60, ''],
  ] as const)('%s %f in %i px is “%s”', (of, value, width, text) => {
    expect(cellText(of, value, width, 28)).toBe(text);
  });
});

describe('layout', () => {
  test('a short pair fills the section with rows of 28 px and does not scroll', () => {
    const { rowHeight, cellWidth, labelWidth, overflow, rotated } = layout(8, 9, 40);
    expect(rowHeight).toBe(29);
    expect(labelWidth + cellWidth * 9).toBeLessThanOrEqual(668);
    expect({ overflow, rotated }).toEqual({ overflow: false, rotated: false });
  });

  test('one label that does not fit turns all', () => {
    const input = { width: 400, rowLabels: [40], colLabels: [20, 90, 20, 20, 20], corner: 60, zoom: 1 };
    expect(heatmapLayout(input).rotated).toBe(true);
    expect(heatmapLayout({ ...input, colLabels: [20, 20, 20, 20, 20] }).rotated).toBe(false);
  });

  test('400 × 400 scrolls; fitted, all of it is in sight and labels are thinned', () => {
    expect(layout(400, 400, 40).overflow).toBe(true);
    const fitted = layout(300, 250, 40, 668, 'fit');
    expect(fitted.labelWidth + fitted.bodyWidth).toBeLessThanOrEqual(669);
    expect(fitted.headHeight + fitted.bodyHeight).toBeLessThanOrEqual(MAX_HEIGHT + fitted.headHeight);
    expect(fitted.everyRow * fitted.rowHeight).toBeGreaterThanOrEqual(16);
  });

  test('written labels never overlap, and what does not scroll is never wider than the section', () => {
    const sizes = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(
        sizes,
        sizes,
        fc.integer({ min: 5, max: 900 }),
        fc.integer({ min: 336, max: 1168 }),
        (rows, cols, label, width) => {
          const made = layout(rows, cols, label, width);
          expect(made.everyRow * made.rowHeight).toBeGreaterThanOrEqual(16);
          if (made.rotated) expect(made.everyCol * made.cellWidth).toBeGreaterThanOrEqual(18);
          if (!made.overflow) expect(made.labelWidth + made.bodyWidth).toBeLessThanOrEqual(width + 1);
        },
      ),
      { seed: SEED },
    );
  });
});

describe('scale', () => {
  test('scores are even about 0, weights end at 1 unless all are small', () => {
    expect(valueScale('score', new Float32Array([-8, 3, Number.NaN, Number.NEGATIVE_INFINITY]))).toMatchObject({
      min: -8,
      max: 8,
    });
    expect(weightMax(new Float32Array([0.2, 0.7]))).toBe(1);
    expect(weightMax(new Float32Array([0.01, 0.03]))).toBe(0.05);
    expect(weightMax(new Float32Array([0, 0]))).toBe(1);
  });

  test('rank counts what is larger in the row, masked cells left out', () => {
    const values = new Float32Array([0.1, 0.6, 0.3, Number.NaN]);
    expect([0, 1, 2].map((col) => rank(values, 4, 0, col))).toEqual([
      { rank: 3, of: 3 },
      { rank: 1, of: 3 },
      { rank: 2, of: 3 },
    ]);
  });
});
