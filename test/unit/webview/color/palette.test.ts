import { describe, expect, test } from 'vitest';
import { COLOR_MAPS } from '../../../../src/contract/choices.ts';
import { type Rgb, toLab } from '../../../../webview/color/oklab.ts';
import { palette } from '../../../../webview/color/palette.ts';
import { apart, BLIND, seen } from './color-vision.ts';

const DARK = {
  background: [31, 31, 31],
  foreground: [204, 204, 204],
  accent: [89, 164, 249],
  negative: [209, 134, 22],
} as const;
const LIGHT = {
  background: [255, 255, 255],
  foreground: [59, 59, 59],
  accent: [0, 99, 211],
  negative: [209, 134, 22],
} as const;

describe.each(COLOR_MAPS)('the colour map %s', (map) => {
  test.each([DARK, LIGHT])('grows lighter or darker throughout, so that more is always seen as more', (theme) => {
    const { sequential } = palette(theme, map);
    const lightness = Array.from({ length: 21 }, (_, i) => toLab(sequential(i / 20))[0]);
    const way = Math.sign(lightness[20]! - lightness[0]!);
    for (let i = 1; i < 21; i++) expect((lightness[i]! - lightness[i - 1]!) * way).toBeGreaterThan(-0.012);
    expect(Math.abs(lightness[20]! - lightness[0]!)).toBeGreaterThan(0.25);
  });

  test.each(Object.entries(BLIND))('tells more from less, and above from below 0, with %s', (_, matrix) => {
    const { sequential, diverging } = palette(DARK, map);
    const at = (color: Rgb) => seen(color, matrix);
    for (let i = 1; i <= 4; i++)
      expect(apart(at(sequential(i / 4)), at(sequential((i - 1) / 4)))).toBeGreaterThan(0.05);
    expect(apart(at(diverging(-1)), at(diverging(1)))).toBeGreaterThan(0.1);
  });

  test('has readable text on every colour', () => {
    const { sequential, diverging, ink } = palette(LIGHT, map);
    for (const color of [sequential(0), sequential(0.5), sequential(1), diverging(-1), diverging(0), diverging(1)])
      expect(apart(ink(color), color)).toBeGreaterThan(0.3);
  });
});
