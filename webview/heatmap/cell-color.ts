import type { MatrixOf } from '../../src/contract/choices.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { fixed } from '../base/value-format.ts';
import { mix, type Rgb, toLab, toRgb } from '../color/oklab.ts';
import { css, type Palette } from '../color/palette.ts';
import type { ValueScale } from './value-scale.ts';

/** What the look of all cells of a matrix follows from. */
interface CellColors {
  readonly of: MatrixOf;
  readonly scale: ValueScale;
  readonly palette: Palette;
}

/** Look of a cell that is not masked. */
interface CellPaint {
  readonly fill: Rgb;
  /** The number written in it; undefined where there is no room for it, or none is wanted. */
  readonly number: { readonly text: string; readonly ink: Rgb } | undefined;
}

/**
 * The look of a cell, decided here for all that paint one: elements, canvases, tiles and exported pictures.
 * @param value NaN where masked    @param dim whether it stands back    @param size in px, where its number is wanted
 * @returns undefined where masked
 */
export function cellPaint(
  value: number,
  dim: boolean,
  { of, scale, palette }: CellColors,
  size?: { readonly width: number; readonly height: number },
): CellPaint | undefined {
  if (Number.isNaN(value)) return undefined;
  const color = scale.color(value, palette);
  const fill = dim ? dimmed(color, palette) : color;
  const text = size ? cellText(of, value, size.width, size.height) : '';
  // An ink is looked for by its contrast: only where something is written.
  return { fill, number: text ? { text, ink: palette.ink(fill) } : undefined };
}

/** Whether a cell stands back because its row or column is a special token. */
export function isDimmed({ state, rows, cols }: ExplorationView, row: number, col: number): boolean {
  return state.special === 'dim' && (rows[row]!.special || cols[col]!.special);
}

/** Most of the way back to the background: cells of special tokens. */
export function dimmed(color: Rgb, palette: Palette): Rgb {
  return toRgb(mix(toLab(color), toLab(palette.background), 0.6));
}

/** Of the strokes through masked cells. */
export const maskedColor = (palette: Palette): Rgb => dimmed(palette.sequential(0.3), palette);

/** Strokes out a masked cell on a canvas, in the stroke style that is set. Its place and size are without the gap, px. */
export function strokeMasked(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.beginPath();
  context.moveTo(x + 2, y + height - 2);
  context.lineTo(x + Math.min(width, height) - 2, y + 2);
  context.stroke();
}

/** Writes the number of a cell into its middle, on a canvas whose texts are centred. */
export function writeNumber(
  context: CanvasRenderingContext2D,
  { text, ink }: NonNullable<CellPaint['number']>,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.fillStyle = css(ink);
  context.fillText(text, x + width / 2, y + height / 2 + 0.5);
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
