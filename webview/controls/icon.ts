import { type SVGTemplateResult, svg } from 'lit';

const PATHS = {
  chevron: 'M4 6l4 4 4-4',
  left: 'M10 3.5L5.5 8 10 12.5',
  play: 'M5 3.5v9l7-4.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  right: 'M6 3.5L10.5 8 6 12.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  sync: 'M13 6.5A5.2 5.2 0 0 0 3.6 5M3 9.5A5.2 5.2 0 0 0 12.4 11M13 3v3.5H9.5M3 13V9.5h3.5',
  export: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 10.5v3h10v-3',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  mask: 'M8 13.5A5.5 5.5 0 1 0 8 2.5a5.5 5.5 0 0 0 0 11zM4.2 4.2l7.6 7.6',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.5M8 11.8h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5v3.5M8 5.2h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A 16 × 16 line icon in the text's colour, decorative. */
export function icon(name: IconName): SVGTemplateResult {
  return svg`<svg class="ico ${name}" viewBox="0 0 16 16" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
}
