import type { Palette } from '../color/palette.ts';

/** `max` is the weight at the end of the scale. One pixel a value; the style sheet stretches it without smoothing. */
export function paintThumbnail(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  rows: number,
  cols: number,
  max: number,
  palette: Palette,
): void {
  canvas.width = Math.max(1, cols);
  canvas.height = Math.max(1, rows);
  const context = canvas.getContext('2d');
  if (!context || rows * cols === 0) return;
  const image = context.createImageData(cols, rows);
  values.forEach((value, i) => {
    // Masked cells stay clear.
    if (Number.isNaN(value)) return;
    image.data.set(palette.sequential(value / max), i * 4);
    image.data[i * 4 + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
