import { html, type TemplateResult } from 'lit';
import type { WholeView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { contrast, type Rgb } from '../color/oklab.ts';
import { css, type Palette } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { isOfAllHeads, type Line } from './line-list.ts';

interface LineTheme {
  readonly palette: Palette;
  readonly foreground: Rgb;
  readonly accent: Rgb;
}

/** Weights are in their head's colour, scores as on the map to either side of 0, a link of no head stands out. */
export function lineAppearance(view: WholeView, line: Line, { palette, foreground, accent }: LineTheme): HeadStyle {
  if (line.ghost) return { color: foreground, dash: [2, 3] };
  if (view.map.headWeights && view.of === 'weight' && line.head !== undefined)
    return headStyle(line.head, palette.background);
  if (line.linked && isOfAllHeads(view)) return { color: foreground, dash: [] };
  return { color: view.of === 'score' ? palette.diverging(line.value < 0 ? -0.8 : 0.8) : accent, dash: [] };
}

/** How a line of some strength is drawn; one of a hard alignment stands out. Opacity grows as the eye takes brightness. */
export function lineStroke(strength: number, bold: boolean): { readonly width: number; readonly opacity: number } {
  const least = bold ? 0.55 : 0.08;
  return {
    width: (bold ? 1.25 : 0.5) + (bold ? 3 : 2.5) * strength,
    opacity: Math.min(1, least + (1 - least) * Math.sqrt(strength)),
  };
}

/**
 * Eight colours for dark and eight for light backgrounds, the first the most distinct. Found by a search that made the
 * smallest distance of any two in OKLab as large as could be, for full colour vision and as protanopes, deuteranopes
 * and tritanopes see them (Machado et al. 2009), with a contrast of 3 : 1 to the background; a test holds them to that.
 */
const DARK: readonly Rgb[] = [
  [86, 180, 233],
  [231, 166, 6],
  [177, 77, 147],
  [124, 131, 5],
  [0, 249, 250],
  [208, 236, 131],
  [255, 108, 151],
  [2, 122, 228],
];

const LIGHT: readonly Rgb[] = [
  [0, 99, 211],
  [229, 101, 17],
  [118, 0, 69],
  [70, 28, 148],
  [176, 39, 11],
  [143, 134, 215],
  [125, 82, 130],
  [9, 163, 126],
];

interface HeadStyle {
  readonly color: Rgb;
  /** From the ninth head on colours come again, with lines that are dashed, then dotted. */
  readonly dash: readonly number[];
}

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3]];

/** How the lines of a head are drawn. @param head 0-based */
export function headStyle(head: number, background: Rgb): HeadStyle {
  const colors = contrast([255, 255, 255], background) > contrast([0, 0, 0], background) ? DARK : LIGHT;
  return { color: colors[head % 8]!, dash: DASHES[Math.floor(head / 8) % DASHES.length]! };
}

/** The heads of the layer in their colours: a click shows one alone, another click all of them again. */
export function swatches(
  heads: number,
  chosen: number | 'mean',
  choose: (head: number | 'mean') => void,
): TemplateResult {
  return html`<div class="swatches" role="group" aria-label=${t('Heads')}>
    ${Array.from({ length: heads }, (_, head) => {
      const { color, dash } = headStyle(head, theme.palette.background);
      const style = ['solid', 'dashed', 'dotted'][dash.length === 0 ? 0 : dash[0]! > 3 ? 1 : 2];
      const alone = chosen === head;
      return html`<button type="button" class="swatch ${chosen === 'mean' || alone ? '' : 'off'}" aria-pressed=${alone}
        title=${alone ? t('Show all heads') : t('Show head {0} alone', head + 1)} @click=${() => choose(alone ? 'mean' : head)}>
        <span class="ink" aria-hidden="true" .style=${`border-top:3px ${style} ${css(color)}`}></span>H${head + 1}</button>`;
    })}</div>`;
}
