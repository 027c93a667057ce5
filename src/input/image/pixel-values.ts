import type { Picture } from './image-file.ts';

/** Bits after the point of a weight: Pillow's for 8-bit pictures. */
const PRECISION = 22;

/**
 * Bilinear as Pillow does it: a triangle as wide as the picture shrinks, so that no pixel is left out; first along
 * the rows, then along the columns, each time rounded to 8 bits. Source: Pillow, src/libImaging/Resample.c.
 */
export function resize(picture: Picture, width: number, height: number): Picture {
  const across = picture.width === width ? picture : alongRows(picture, width);
  return across.height === height ? across : alongColumns(across, height);
}

interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Which pixels each new one is made of, and in which shares (of 2^PRECISION). */
function taps(from: number, to: number): Taps[] {
  const scale = from / to;
  const support = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(from, Math.floor(centre + support + 0.5));
    const shares = Array.from({ length: end - first }, (_, j) =>
      Math.max(0, 1 - Math.abs((first + j - centre + 0.5) / support)),
    );
    const total = shares.reduce((sum, share) => sum + share, 0);
    return { first, weights: shares.map((share) => Math.trunc(0.5 + (share / total) * 2 ** PRECISION)) };
  });
}

function alongRows({ width, height, pixels }: Picture, to: number): Picture {
  const out = new Uint8Array(to * height * 3);
  taps(width, to).forEach(({ first, weights }, x) => {
    for (let y = 0; y < height; y++)
      for (let c = 0; c < 3; c++) out[(y * to + x) * 3 + c] = mixed(pixels, (y * width + first) * 3 + c, 3, weights);
  });
  return { width: to, height, pixels: out };
}

function alongColumns({ width, height, pixels }: Picture, to: number): Picture {
  const out = new Uint8Array(width * to * 3);
  const row = width * 3;
  taps(height, to).forEach(({ first, weights }, y) => {
    for (let x = 0; x < row; x++) out[y * row + x] = mixed(pixels, first * row + x, row, weights);
  });
  return { width, height: to, pixels: out };
}

function mixed(pixels: Uint8Array, at: number, stride: number, weights: readonly number[]): number {
  let sum = 2 ** (PRECISION - 1);
  for (let i = 0; i < weights.length; i++) sum += pixels[at + i * stride] * weights[i];
  return Math.max(0, Math.min(255, Math.floor(sum / 2 ** PRECISION)));
}

/** How a model's image processor makes numbers of a picture (preprocessor_config.json). */
export interface PixelOptions {
  /** Factor of the 8-bit values: 1/255, or 1 where they are not rescaled. */
  readonly factor: number;
  /** Of each channel; 0 and 1 where they are not normalized. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** @param picture already of the model's size    @returns [3, height, width], (x · factor − mean) / std */
export function pixelValues({ width, height, pixels }: Picture, { factor, mean, std }: PixelOptions) {
  const area = width * height;
  const data = new Float32Array(3 * area);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < area; i++) data[c * area + i] = (pixels[i * 3 + c] * factor - mean[c]) / std[c];
  }
  return { shape: [3, height, width], data };
}
