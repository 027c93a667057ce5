import { hex } from './hex.ts';
import { FONTS, type Picture, type PictureTheme } from './picture.ts';
import { svgElement } from './svg.ts';
import { xmlText } from './xml-text.ts';

/** Around everything, px. */
export const MARGIN = 16;

export interface DocumentOptions {
  /** What stands within the margin: from (0, 0) to (width, height). */
  readonly content: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

/**
 * An SVG document on the theme's background that needs nothing from outside: no style sheet, script, font or link.
 * Width, height and viewBox are those that LaTeX, Word and browsers go by.
 */
export function svgDocument(options: DocumentOptions, theme: PictureTheme): Picture {
  const width = Math.ceil(options.width + 2 * MARGIN);
  const height = Math.ceil(options.height + 2 * MARGIN);
  const body = [
    `<title>${xmlText(options.title)}</title>`,
    `<desc>${xmlText(options.description)}</desc>`,
    svgElement('rect', { width, height, fill: hex(theme.palette.background) }),
    svgElement('g', { transform: `translate(${MARGIN} ${MARGIN})` }, options.content),
  ].join('\n');
  const root = svgElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': FONTS,
    },
    `\n${body}\n`,
  );
  return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`, width, height };
}
