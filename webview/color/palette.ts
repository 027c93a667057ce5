import {
  interpolateCividis,
  interpolateGreys,
  interpolateInferno,
  interpolatePuOr,
  interpolateViridis,
} from 'd3-scale-chromatic';
import type { ColorMap } from '../../src/contract/choices.ts';
import { contrast, type Lab, luminance, mix, type Rgb, toLab, toRgb } from './oklab.ts';

/** The four theme colours that everything painted on a canvas follows from. */
export interface ThemeColors {
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly accent: Rgb;
  readonly negative: Rgb;
}

/** Colours of cells in one theme. `at` runs from 0 to 1 (sequential) or from −1 to 1 (diverging). */
export interface Palette {
  readonly background: Rgb;
  sequential(at: number): Rgb;
  diverging(at: number): Rgb;
  /** A readable colour for text on `cell`: contrast at least 4.5 : 1. */
  ink(cell: Rgb): Rgb;
}

const CONTRAST = 4.5;

export const css = ([r, g, b]: Rgb): string => `rgb(${r} ${g} ${b})`;

/**
 * Rules of the design: interpolated in OKLab, a 5 % tint of the foreground at 0, the accent at 0.8, towards the
 * foreground at 1. Diverging is the same to either side, with the negative colour below 0.
 * @param map 'theme' for these; else a perceptual map that is the same in every theme
 */
export function palette(theme: ThemeColors, map: ColorMap = 'theme'): Palette {
  const background = toLab(theme.background);
  const foreground = toLab(theme.foreground);
  const zero = mix(background, foreground, 0.05);
  const side = (color: Rgb) => {
    const middle = toLab(color);
    const end = mix(middle, foreground, 0.45);
    return (at: number): Lab => (at < 0.8 ? mix(zero, middle, at / 0.8) : mix(middle, end, (at - 0.8) / 0.2));
  };
  const positive = side(theme.accent);
  const negative = side(theme.negative);
  const ramp = map === 'theme' ? undefined : colorRamp(map, luminance(theme.background) < 0.5);
  const clamp = (x: number) => Math.min(1, Math.max(0, x));
  const inks = [theme.foreground, theme.background].sort((a, b) => luminance(a) - luminance(b));

  return {
    background: theme.background,
    sequential: ramp ? (at) => ramp.sequential(clamp(at)) : (at) => toRgb(positive(clamp(at))),
    diverging: ramp
      ? (at) => ramp.diverging(Math.min(1, Math.max(-1, at)))
      : (at) => toRgb(at < 0 ? negative(clamp(-at)) : positive(clamp(at))),
    ink(cell) {
      const light = contrast([255, 255, 255], cell) > contrast([0, 0, 0], cell);
      const start = inks[light ? 1 : 0]!;
      const end: Rgb = light ? [255, 255, 255] : [0, 0, 0];
      // Pushed from the theme's own ink to black or white, just as far as it takes to be read.
      for (let step = 0; step <= 10; step++) {
        const color = start.map((x, i) => Math.round(x + ((end[i]! - x) * step) / 10)) as unknown as Rgb;
        if (contrast(color, cell) >= CONTRAST) return color;
      }
      return end;
    },
  };
}

interface Ramp {
  /** @param at 0 … 1 */
  sequential(at: number): Rgb;
  /** @param at −1 … 1 */
  diverging(at: number): Rgb;
}

const MAPS = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  inferno: interpolateInferno,
  greys: interpolateGreys,
};

/**
 * Perceptual maps that those with colour-blindness read as well: viridis, cividis and inferno grow lighter throughout,
 * greys have no hue; purple–orange for what has a sign. Sources: van der Walt and Smith 2015 (matplotlib); Nuñez et
 * al. 2018 (cividis); Brewer (PuOr).
 * @param dark greys start at the background, whichever it is
 */
function colorRamp(map: Exclude<ColorMap, 'theme'>, dark: boolean): Ramp {
  const flipped = map === 'greys' && dark;
  return {
    sequential: (at) => channels(MAPS[map](flipped ? 1 - at : at)),
    // Orange below 0 and purple above: as the theme's own, warm is less.
    diverging: (at) => channels(interpolatePuOr(at / 2 + 0.5)),
  };
}

/** d3 writes a colour as `rgb(1, 2, 3)` or `#010203`. */
function channels(color: string): Rgb {
  if (color.startsWith('#')) {
    const number = Number.parseInt(color.slice(1), 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  }
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => Math.round(Number(part)));
  return [r, g, b];
}
