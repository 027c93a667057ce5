import type { ExplorationView } from '../../src/contract/view.ts';
import type { Rgb } from '../color/oklab.ts';
import type { Palette } from '../color/palette.ts';
import { type HeadStyle, headStyle } from './head-colors.ts';
import type { Line } from './line-list.ts';
import { isOfAllHeads } from './line-values.ts';

export interface LineTheme {
  readonly palette: Palette;
  readonly foreground: Rgb;
  readonly accent: Rgb;
}

/** Weights are in their head's colour, scores as on the map to either side of 0, a link of no head stands out. */
export function lineLook(view: ExplorationView, line: Line, { palette, foreground, accent }: LineTheme): HeadStyle {
  if (line.ghost) return { color: foreground, dash: [2, 3] };
  if (view.headWeights && view.of === 'weight' && line.head !== undefined)
    return headStyle(line.head, palette.background);
  if (line.linked && isOfAllHeads(view)) return { color: foreground, dash: [] };
  return { color: view.of === 'score' ? palette.diverging(line.value < 0 ? -0.8 : 0.8) : accent, dash: [] };
}
