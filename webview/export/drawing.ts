import type { Drawn, DrawRequest } from '../../src/contract/picture-request.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { theme } from '../color/theme.ts';
import { measureTexts } from '../heatmap/measure.ts';
import { copyImage } from './copy-image.ts';
import { DrawingError } from './drawing-error.ts';
import { heatmapPicture } from './heatmap-picture.ts';
import { linesPicture } from './lines-picture.ts';
import { pageTheme } from './page-theme.ts';
import type { Picture } from './picture.ts';
import { printTheme } from './picture-theme.ts';
import { rasterize } from './rasterize.ts';
import { seenTheme } from './seen-theme.ts';
import { atlasPicture, type Drawing } from './tiled-heatmap-picture.ts';

/** Cells that a picture may have: more than that nobody can see. */
const MOST_CELLS = 2 ** 19;

/** What the window shows. */
export interface Seen {
  readonly view: ExplorationView;
  readonly run: RunSummary;
  /** Below it no line is drawn. */
  readonly threshold: number;
  /** Draws the map of a long run. */
  readonly atlas?: Drawing;
}

/** Does what the host asks for; whatever fails is an answer as well. */
export async function draw(request: DrawRequest, seen: Seen | undefined): Promise<Drawn> {
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

function pictureOf({ view, run, threshold, atlas }: Seen, { colors }: DrawRequest): Picture {
  const { rows, cols } = view;
  // Its pixels have the colours that they have.
  if (view.atlas && atlas) return atlasPicture(view, run, seenTheme(), measureTexts, atlas);
  if (rows.length * cols.length > MOST_CELLS) throw new DrawingError('large', `${rows.length} × ${cols.length}`);
  const colored = colors === 'print' ? printTheme(theme.map) : seenTheme();
  if (view.state.picture === 'lines') return linesPicture(view, run, threshold, colored, measureTexts);
  return heatmapPicture(view, run, colored, measureTexts);
}
