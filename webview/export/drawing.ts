import { type DrawFailure, type Drawn, type DrawRequest, MOST_DRAWN } from '../../src/contract/picture-request.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { isWhole } from '../../src/insight/axes.ts';
import { theme } from '../color/theme.ts';
import { measureTexts } from '../heatmap/heatmap-layout.ts';
import { heatmapPicture } from './heatmap-picture.ts';
import { linesPicture } from './lines-picture.ts';
import { currentTheme, type Picture, pageTheme, printTheme } from './picture-theme.ts';
import { type Drawing, tiledHeatmapPicture } from './tiled-heatmap-picture.ts';

/** Cells that a picture may have: more than that nobody can see. */
const MOST_CELLS = 2 ** 19;

/** What the window shows. */
interface CurrentView {
  readonly view: ExplorationView;
  readonly run: RunSummary;
  /** Below it no line is drawn. */
  readonly threshold: number;
  /** Draws the map of a long run. */
  readonly atlas?: Drawing;
}

/** Does what the host asks for; whatever fails is an answer as well. */
export async function draw(request: DrawRequest, seen: CurrentView | undefined): Promise<Drawn> {
  try {
    if (request.as === 'theme') return { as: 'theme', theme: pageTheme(request.names) };
    if (!seen) throw new DrawingError('empty', '');
    const picture = pictureOf(seen, request);
    if (request.as === 'svg') return { as: 'svg', svg: picture.svg };
    const png = await rasterize(picture, request.scale);
    if (request.as === 'png') return { as: 'png', bytes: new Uint8Array(await png.arrayBuffer()) };
    await copyImage(png);
    return { as: 'clipboard' };
  } catch (error) {
    const known = error instanceof DrawingError ? error : new DrawingError('canvas', String(error));
    return { as: 'failure', failure: known.failure, detail: known.detail.slice(0, 1000) };
  }
}

function pictureOf({ view, run, threshold, atlas }: CurrentView, { colors }: DrawRequest): Picture {
  const { rows, cols } = view;
  // Its pixels have the colours that they have.
  if (!isWhole(view)) {
    if (!atlas) throw new DrawingError('empty', '');
    return tiledHeatmapPicture(view, run, currentTheme(), measureTexts, atlas);
  }
  if (rows.length * cols.length > MOST_CELLS) throw new DrawingError('large', `${rows.length} × ${cols.length}`);
  const colored = colors === 'print' ? printTheme(theme.map) : currentTheme();
  if (view.state.picture === 'lines') return linesPicture(view, run, threshold, colored, measureTexts);
  return heatmapPicture(view, run, colored, measureTexts);
}

/** Milliseconds that VS Code may take to give the page the focus, without which no page may write the clipboard. */
const FOCUS_LIMIT = 2000;

/**
 * Puts a PNG on the clipboard.
 * @throws DrawingError 'clipboard' where the browser, or who embeds the page, does not let it
 */
async function copyImage(png: Blob): Promise<void> {
  try {
    await focused();
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  } catch (error) {
    throw new DrawingError('clipboard', error instanceof Error ? error.message : String(error));
  }
}

async function focused(): Promise<void> {
  window.focus();
  if (document.hasFocus()) return;
  await new Promise<void>((resolve) => {
    window.addEventListener('focus', () => resolve(), { once: true });
    setTimeout(resolve, FOCUS_LIMIT);
  });
}

/** What browsers can hold in one canvas. */
const MOST_SIDE = 16_384;
const MOST_PIXELS = 128 * 2 ** 20;

/**
 * The picture as PNG.
 * @param scale pixels for each px
 * @throws DrawingError 'large' before anything is drawn, 'canvas' where the browser won't
 */
async function rasterize(picture: Picture, scale: number): Promise<Blob> {
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

/** Why a picture could not be made; the host says it to the person, in their language. */
class DrawingError extends Error {
  constructor(
    readonly failure: DrawFailure,
    readonly detail: string,
  ) {
    super(`${failure}: ${detail}`);
    this.name = 'DrawingError';
  }
}
