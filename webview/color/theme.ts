import type { ColorMap } from '../../src/contract/choices.ts';
import type { Rgb } from './oklab.ts';
import { type Palette, palette, type ThemeColors } from './palette.ts';

const FALLBACK = {
  '--vscode-editor-background': '#1f1f1f',
  '--vscode-foreground': '#cccccc',
  '--vscode-charts-blue': '#59a4f9',
  '--vscode-charts-orange': '#d18616',
  '--vscode-focusBorder': '#0078d4',
} as const;

/** The palette of the theme that VS Code shows right now; tells its listeners when another one comes. */
class Theme {
  private current: Palette | undefined;
  private family: string | undefined;
  private observed = false;
  /** Chosen by the person. */
  map: ColorMap = 'theme';
  private readonly listeners = new Set<() => void>();

  /** Notices when VS Code shows another theme; begun with the first palette, since what only computes needs no page. */
  private observe(): void {
    this.observed = true;
    const observer = new MutationObserver(() => this.changed());
    // VS Code puts the kind of theme on body and the colours on the root element.
    observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  }

  get palette(): Palette {
    if (!this.observed) this.observe();
    this.current ??= palette(this.colors, this.map);
    return this.current;
  }

  /** Font of the window: asked of an element, the whole page would have to be laid out first. */
  get font(): string {
    if (!this.observed) this.observe();
    this.family ??= getComputedStyle(document.body).fontFamily;
    return this.family;
  }

  get colors(): ThemeColors & { readonly focus: Rgb } {
    return {
      background: read('--vscode-editor-background'),
      foreground: read('--vscode-foreground'),
      accent: read('--vscode-charts-blue'),
      negative: read('--vscode-charts-orange'),
      focus: read('--vscode-focusBorder'),
    };
  }

  /** Takes another colour map than the theme's own accent. */
  setMap(map: ColorMap): void {
    if (map === this.map) return;
    this.map = map;
    this.changed();
  }

  /** @returns a function that stops listening */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private changed(): void {
    this.current = undefined;
    this.family = undefined;
    for (const listener of this.listeners) listener();
  }
}

/** Resolves any CSS colour of a theme variable to sRGB; translucent ones lie on the variable's fallback. */
function read(name: keyof typeof FALLBACK): Rgb {
  const value = getComputedStyle(document.body).getPropertyValue(name).trim();
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return [128, 128, 128];
  context.fillStyle = FALLBACK[name];
  if (value) context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

export const theme = new Theme();
