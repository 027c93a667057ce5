import type { MatrixOf } from '../../src/contract/choices.ts';
import { fixed } from '../base/value-format.ts';
import { mix, type Rgb, toLab, toRgb } from '../color/oklab.ts';
import type { Palette } from '../color/palette.ts';

/** Cells of dimmed special tokens: most of the way back to the background; their ink is chosen after it. */
export function dimmed(color: Rgb, palette: Palette): Rgb {
  return toRgb(mix(toLab(color), toLab(palette.background), 0.6));
}

/** From this width a value is written in full, and from this one short. */
const FULL = 40;
const SHORT = 26;

/**
 * What stands in a cell.
 * @param width of the cell, px    @param height of the row, px    @param value NaN where masked
 */
export function cellText(of: MatrixOf, value: number, width: number, height: number): string {
  if (Number.isNaN(value) || width < SHORT || height < 16) return '';
  const full = width >= FULL;
  if (of === 'score') {
    const text = fixed(value, full ? 1 : 0);
    return !full && text.length > 3 ? '' : text;
  }
  if (Math.abs(value) < 0.005) return '·';
  if (of === 'difference') {
    const text = fixed(value, Math.abs(value) < 10 ? 2 : 0);
    return full ? text : Math.abs(value) < 0.995 ? text.replace('0.', '.') : fixed(value, 0);
  }
  if (of === 'weight') {
    const text = value.toFixed(2);
    if (full) return text;
    return value >= 0.995 ? '1.0' : text.slice(1);
  }
  if (full) return fixed(value, value < 10 ? 2 : 1);
  return value < 0.995 ? value.toFixed(2).slice(1) : value.toFixed(value < 9.95 ? 1 : 0);
}
