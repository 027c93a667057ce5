import { mix, type Rgb, toLab, toRgb } from '../color/oklab.ts';
import { css, type Palette } from '../color/palette.ts';
import { theme } from '../color/theme.ts';

/** Colours and fonts of everything around the cells. */
export interface TileTheme {
  readonly palette: Palette;
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly faint: string;
  readonly rule: string;
  /** Behind a label that is pointed at. */
  readonly highlight: string;
  readonly focus: string;
  readonly accent: string;
  /** Dimmed cells lie under this. */
  readonly veil: string;
  readonly font: string;
}

/** As the theme has them now; the mixtures are those of color/theme.css. */
export function tileTheme(): TileTheme {
  const { background, foreground, focus, accent } = theme.colors;
  const contrast = document.body.classList.contains('vscode-high-contrast');
  const between = (share: number): string => css(blend(background, foreground, share));
  return {
    palette: theme.palette,
    background: css(background),
    foreground: css(foreground),
    muted: contrast ? css(foreground) : between(0.74),
    faint: between(contrast ? 0.7 : 0.38),
    rule: between(contrast ? 0.55 : 0.16),
    highlight: between(contrast ? 0.25 : 0.12),
    focus: css(focus),
    accent: css(accent),
    veil: `rgb(${background.join(' ')} / 0.6)`,
    font: theme.font,
  };
}

const blend = (from: Rgb, to: Rgb, share: number): Rgb => toRgb(mix(toLab(from), toLab(to), share));
