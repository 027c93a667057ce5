import { fromBase64 } from '../../src/base/bytes.ts';
import type { RunMedia } from '../../src/contract/run.ts';
import type { Rgb } from '../color/oklab.ts';
import { css, type Palette } from '../color/palette.ts';

const LARGEST = 320;
/** What of the picture is seen where there is no attention. */
const FAINT = 0.22;

/** The picture as the model sees it, as bright as the query's attention on each patch; the strongest is framed. */
export function paintPicture(
  canvas: HTMLCanvasElement,
  media: RunMedia & { kind: 'picture' },
  weights: Float32Array,
  accent: Rgb,
  ratio: number,
): void {
  const side = Math.min(LARGEST, Math.max(64, canvas.parentElement?.clientWidth ?? LARGEST));
  Object.assign(canvas.style, { width: `${side}px`, height: `${side}px` });
  [canvas.width, canvas.height] = [Math.round(side * ratio), Math.round(side * ratio)];
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  const whole = picture(media);
  const { across } = media;
  const patches = weights.subarray(1, 1 + across * across);
  const most = patches.reduce((best, weight) => Math.max(best, weight), 0) || 1;
  const size = side / across;
  const from = media.side / across;
  context.imageSmoothingEnabled = media.side > side;
  let strongest = -1;
  patches.forEach((weight, i) => {
    const [x, y] = [i % across, Math.floor(i / across)];
    context.globalAlpha = FAINT + (1 - FAINT) * Math.sqrt(weight / most);
    context.drawImage(whole, x * from, y * from, from, from, x * size, y * size, size, size);
    if (weight > (patches[strongest] ?? 0)) strongest = i;
  });
  context.globalAlpha = 1;
  if (strongest < 0) return;
  context.strokeStyle = `rgb(${accent.join(' ')})`;
  context.lineWidth = 2;
  context.strokeRect((strongest % across) * size + 1, Math.floor(strongest / across) * size + 1, size - 2, size - 2);
}

function picture({ side, pixels }: RunMedia & { kind: 'picture' }): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  const bytes = fromBase64(pixels);
  if (!context || bytes.length < side * side * 3) return canvas;
  const image = context.createImageData(side, side);
  for (let i = 0; i < side * side; i++) image.data.set([...bytes.subarray(i * 3, i * 3 + 3), 255], i * 4);
  context.putImageData(image, 0, 0);
  return canvas;
}

const SPECTROGRAM = 96;
const BARS = 44;
const AXIS = 18;
const TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10];

/** The spectrogram, under it the query's attention over time as bars, under that the seconds. */
export function paintSound(
  canvas: HTMLCanvasElement,
  media: RunMedia & { kind: 'sound' },
  weights: Float32Array,
  palette: Palette,
  ratio: number,
): void {
  const width = Math.max(1, canvas.parentElement?.clientWidth ?? 1);
  const height = SPECTROGRAM + BARS + AXIS;
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  context.imageSmoothingEnabled = false;
  context.drawImage(spectrogram(media, palette), 0, 0, width, SPECTROGRAM);
  // Of what the model heard, the sound's own seconds; the silence behind it is not drawn.
  const shown = Math.max(1, Math.min(weights.length, Math.ceil(media.seconds / media.step - 1e-9)));
  const most = weights.subarray(0, shown).reduce((best, weight) => Math.max(best, weight), 0) || 1;
  const { color } = getComputedStyle(canvas);
  for (let i = 0; i < shown; i++) {
    const share = weights[i]! / most;
    context.fillStyle = css(palette.sequential(0.25 + 0.75 * share));
    const bar = Math.max(share > 0 ? 1 : 0, share * (BARS - 6));
    context.fillRect((i * width) / shown, SPECTROGRAM + BARS - bar, Math.max(0.5, width / shown - 0.3), bar);
  }
  seconds(context, media.seconds, width, color, getComputedStyle(canvas).fontFamily);
}

function spectrogram({ rows, cols, levels }: RunMedia & { kind: 'sound' }, palette: Palette): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [cols, rows];
  const context = canvas.getContext('2d');
  const bytes = fromBase64(levels);
  if (!context || bytes.length < rows * cols) return canvas;
  const image = context.createImageData(cols, rows);
  const shades = Array.from({ length: 256 }, (_, level) => palette.sequential(level / 255));
  for (let i = 0; i < rows * cols; i++) image.data.set([...shades[bytes[i]!]!, 255], i * 4);
  context.putImageData(image, 0, 0);
  return canvas;
}

function seconds(
  context: CanvasRenderingContext2D,
  length: number,
  width: number,
  color: string,
  family: string,
): void {
  const step = TICKS.find((tick) => (tick / length) * width >= 48) ?? TICKS.at(-1)!;
  context.fillStyle = color;
  context.font = `11px ${family}`;
  context.textBaseline = 'bottom';
  for (let at = 0; at <= length + 1e-6; at += step) {
    const x = (at / length) * width;
    context.fillRect(Math.min(width - 1, x), SPECTROGRAM + BARS, 1, 4);
    const text = `${at.toFixed(step < 1 ? 1 : 0)} s`;
    const wide = context.measureText(text).width;
    if (x + wide <= width) context.fillText(text, x + (x === 0 ? 0 : 2), SPECTROGRAM + BARS + AXIS);
  }
}
