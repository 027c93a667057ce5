import {
  interpolateCividis,
  interpolateGreys,
  interpolateInferno,
  interpolatePuOr,
  interpolateViridis,
} from 'd3-scale-chromatic';
import type { ColorMap } from '../../src/contract/choices.ts';
import type { Rgb } from './oklab.ts';

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
export function colorRamp(map: Exclude<ColorMap, 'theme'>, dark: boolean): Ramp {
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
