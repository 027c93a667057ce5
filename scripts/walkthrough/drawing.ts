import { type SvgAttributes, svgElement, xmlText } from '../../webview/export/svg.ts';

/** Size of a picture; VS Code shows it up to 530 pixels wide. */
export const WIDTH = 520;
export const HEIGHT = 360;

/** The theme's own colours: the picture changes with it. */
export const COLORS = {
  text: 'var(--vscode-foreground)',
  muted: 'var(--vscode-descriptionForeground)',
  accent: 'var(--vscode-charts-blue)',
  negative: 'var(--vscode-charts-orange)',
  other: 'var(--vscode-charts-green)',
  focus: 'var(--vscode-focusBorder)',
  surface: 'var(--vscode-editorWidget-background)',
  edge: 'var(--vscode-contrastBorder, var(--vscode-editorWidget-border))',
} as const;

export const { round } = Math;

export function element(name: string, attributes: SvgAttributes, ...content: string[]): string {
  return svgElement(name, attributes, content.join(''));
}

/** A line of text. @param y of its baseline */
export function text(x: number, y: number, content: string, attributes: SvgAttributes = {}): string {
  return svgElement('text', { x, y, fill: COLORS.text, ...attributes }, xmlText(content));
}

export const right: SvgAttributes = { 'text-anchor': 'end' };
export const middle: SvgAttributes = { 'text-anchor': 'middle' };
export const muted: SvgAttributes = { fill: COLORS.muted };

/** A text in a box of its own. @returns markup; the box is `chipWidth` wide */
export function chip(x: number, y: number, content: string, chosen = false): string {
  const box = { x, y: y - 18, width: chipWidth(content), height: 26, rx: 4, fill: COLORS.surface };
  const edge = chosen ? { stroke: COLORS.focus, 'stroke-width': 1.5 } : { stroke: COLORS.edge };
  return element('rect', { ...box, ...edge }) + text(x + chipWidth(content) / 2, y, content, middle);
}

/** Room for a text: Chinese letters and some others are wider. */
export function chipWidth(content: string): number {
  const letters = [...content].reduce(
    (sum, letter) => sum + (letter.codePointAt(0)! > 0x2e80 ? 14 : /[<>mw]/.test(letter) ? 10.5 : 7.6),
    0,
  );
  return Math.max(26, Math.round(letters + 16));
}

/** Numbers as bars around a line: up in blue, down in orange. */
export function bars(
  x: number,
  y: number,
  values: ArrayLike<number>,
  unit: number,
  height: number,
  scale: number,
): string {
  const gap = unit >= 3 ? 1 : 0;
  const path = (sign: 1 | -1) =>
    Array.from(values, (value, i) => {
      const bar = Math.min(1, Math.abs(value) / scale) * (height / 2);
      return value * sign > 0
        ? `M${two(x + i * unit)} ${y}h${two(unit - gap)}v${two(-sign * bar)}h${two(gap - unit)}z`
        : '';
    }).join('');
  return [
    element('path', { d: `M${x} ${y}h${two(values.length * unit)}`, stroke: COLORS.muted, 'stroke-opacity': 0.5 }),
    element('path', { d: path(1), fill: COLORS.accent }),
    element('path', { d: path(-1), fill: COLORS.negative }),
  ].join('');
}

export const two = (value: number): number => Math.round(value * 100) / 100;

export function fixed(value: number, digits: number): string {
  return (value < 0 ? '−' : '') + Math.abs(value).toFixed(digits);
}

/** The whole picture. */
export function picture(...content: string[]): string {
  const font = { 'font-family': 'var(--vscode-font-family, sans-serif)', 'font-size': 14 };
  const box = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT };
  return `${element('svg', { ...box, ...font, fill: 'none' }, ...content)}\n`;
}
