import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Measure, Picture, PictureTheme } from './picture-theme.ts';
import { svgDocument, svgElement } from './svg.ts';
import { CAPTION_HEIGHT, caption, svgCaption } from './svg-labels.ts';

/** Pixels of the map for each px of the picture: sharp on paper too. */
const RATIO = 2;

/** What draws the map of a long run as it is seen: <ax-atlas>. */
export interface Drawing {
  draw(ratio: number): HTMLCanvasElement;
}

/** The part of a long run's matrix that is in sight: as pixels, since it has more cells than a vector picture can hold. */
export function tiledHeatmapPicture(
  view: ExplorationView,
  run: RunSummary,
  theme: PictureTheme,
  measure: Measure,
  atlas: Drawing,
): Picture {
  const canvas = atlas.draw(RATIO);
  const [width, height] = [canvas.width / RATIO, canvas.height / RATIO];
  const words = caption(view, run.model.name);
  const head = svgCaption(words, theme, measure);
  const map = svgElement('image', { x: 0, y: CAPTION_HEIGHT, width, height, href: canvas.toDataURL('image/png') });
  return svgDocument(
    {
      content: head.content + map,
      width: Math.max(head.width, width),
      height: CAPTION_HEIGHT + height,
      title: words.join(' · '),
      description: `${view.rows.length} × ${view.cols.length}`,
    },
    theme,
  );
}
