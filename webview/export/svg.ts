import { xmlText } from './xml-text.ts';

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
