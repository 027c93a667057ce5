import type { Picture } from './picture.ts';

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
