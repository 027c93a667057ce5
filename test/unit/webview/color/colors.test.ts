import { describe, expect, test } from 'vitest';
import { contrast, type Rgb, toLab, toRgb } from '../../../../webview/color/oklab.ts';
import { palette } from '../../../../webview/color/palette.ts';
import { dimmed } from '../../../../webview/heatmap/cell-color.ts';
import { VARIABLES } from '../../../browser/gallery/themes.ts';

const hex = (text: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)) as unknown as Rgb;

const themes = Object.entries(VARIABLES).map(([name, variables]) => {
  const colors = {
    background: hex(variables['editor-background']!),
    foreground: hex(variables.foreground!),
    accent: hex(variables['charts-blue']!),
    negative: hex(variables['charts-orange']!),
  };
  return { name, colors, cells: palette(colors) };
});

const steps = Array.from({ length: 101 }, (_, i) => i / 100);

test('OKLab there and back gives the same colour', () => {
  for (const color of [
    [0, 0, 0],
    [255, 255, 255],
    [89, 164, 249],
    [181, 82, 10],
  ] as Rgb[]) {
    expect(toRgb(toLab(color))).toEqual(color);
  }
  expect(toLab([255, 255, 255])[0]).toBeCloseTo(1, 5);
});

describe.each(themes)('in $name', ({ colors, cells }) => {
  test('ink is readable on every cell: at least 4.5 : 1', () => {
    for (const at of steps) {
      for (const cell of [
        cells.sequential(at),
        cells.diverging(at),
        cells.diverging(-at),
        dimmed(cells.sequential(at), cells),
      ]) {
        expect(contrast(cells.ink(cell), cell)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('0.8 is the accent itself, and 0 nearly the background', () => {
    expect(cells.sequential(0.8)).toEqual(colors.accent);
    expect(cells.diverging(-0.8)).toEqual(colors.negative);
    expect(contrast(cells.sequential(0), colors.background)).toBeLessThan(1.25);
  });

  test('more weight is never lighter and darker by turns', () => {
    const lightness = steps.map((at) => toLab(cells.sequential(at))[0]);
    const sign = Math.sign(lightness.at(-1)! - lightness[0]!);
    lightness.slice(1).forEach((x, i) => {
      expect(sign * (x - lightness[i]!)).toBeGreaterThanOrEqual(-0.004);
    });
  });
});
