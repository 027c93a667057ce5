import type { Rgb } from '../color/oklab.ts';

/** `#rrggbb`: the one way to write a colour that every reader of SVG understands. */
export function hex(color: Rgb): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
