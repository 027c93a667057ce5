import { escapeHtml, wellFormed } from '../../src/base/text.ts';
import type { Rgb } from '../color/oklab.ts';
import { FONTS, type Picture, type PictureTheme } from './picture-theme.ts';

export type SvgAttributes = Readonly<Record<string, string | number | undefined>>;

/**
 * One element as text. Attributes are presentation attributes, never CSS: Word, LibreOffice and rsvg read those alike.
 * @param content markup, or nothing for an empty element
 */
export function svgElement(name: string, attributes: SvgAttributes, content = ''): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : xmlText(value!)}"`)
    .join('');
  return content === '' ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** Two places are a fiftieth of a hair's width. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Around everything, px. */
const MARGIN = 16;

interface DocumentOptions {
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

/** What XML 1.0 has no place for, escaped or not. */
const INVALID = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Any text as XML text or attribute value; characters that XML has no place for become U+FFFD. */
export function xmlText(text: string): string {
  return escapeHtml(wellFormed(text).replace(INVALID, '\uFFFD'));
}

/** `#rrggbb`: the one way to write a colour that every reader of SVG understands. */
export function hex(color: Rgb): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
