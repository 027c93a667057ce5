/** A light theme for print, or the one that the window has. */
export type PictureColors = 'seen' | 'print';

/** What the host asks of a panel's page: only there are letters measured, pictures rasterised and theme colours known. */
export interface DrawRequest {
  /** The picture as SVG or PNG, or on the clipboard; or the colours of the theme. */
  readonly as: 'svg' | 'png' | 'clipboard' | 'theme';
  readonly colors: PictureColors;
  /** Pixels of a PNG for each px of the picture. */
  readonly scale: number;
  /** Theme variables that are wanted, `--vscode-…`. */
  readonly names: readonly string[];
}

export type Drawn =
  | { readonly as: 'svg'; readonly svg: string }
  | { readonly as: 'png'; readonly bytes: Uint8Array }
  | { readonly as: 'clipboard' }
  | { readonly as: 'theme'; readonly theme: PageTheme }
  | { readonly as: 'failure'; readonly failure: DrawFailure; readonly detail: string };

/** empty: nothing is shown yet. large: more cells or pixels than a picture may have. */
export type DrawFailure = 'empty' | 'large' | 'canvas' | 'clipboard';

/** The theme of a page: what VS Code puts on its body, and the variables that were asked for. */
export interface PageTheme {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Characters of an SVG, and bytes of a PNG, that a page may send. */
export const MOST_DRAWN = 64 * 2 ** 20;
