import { MOST_DRAWN } from '../../src/contract/picture-request.ts';
import { DrawingError } from './drawing-error.ts';
import type { Picture } from './picture.ts';

/** What browsers can hold in one canvas. */
const MOST_SIDE = 16_384;

const MOST_PIXELS = 128 * 2 ** 20;

/**
 * The picture as PNG.
 * @param scale pixels for each px
 * @throws DrawingError 'large' before anything is drawn, 'canvas' where the browser won't
 */
export async function rasterize(picture: Picture, scale: number): Promise<Blob> {
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  if (Math.max(width, height) > MOST_SIDE || width * height > MOST_PIXELS) {
    throw new DrawingError('large', `${width} × ${height}`);
  }
  // At its own size already, or a browser may draw it small and stretch what it drew.
  const sized = picture.svg.replace(
    `width="${picture.width}" height="${picture.height}"`,
    `width="${width}" height="${height}"`,
  );
  const url = URL.createObjectURL(new Blob([sized], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2d context');
    context.drawImage(image, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('no bytes');
    if (blob.size > MOST_DRAWN) throw new DrawingError('large', `${width} × ${height}`);
    return blob;
  } catch (error) {
    if (error instanceof DrawingError) throw error;
    throw new DrawingError('canvas', error instanceof Error ? error.message : String(error));
  } finally {
    URL.revokeObjectURL(url);
  }
}
