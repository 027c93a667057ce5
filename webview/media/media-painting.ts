import { fromBase64 } from '../../src/base/bytes.ts';
import type { RunMedia } from '../../src/contract/run.ts';
import type { Rgb } from '../color/oklab.ts';

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
