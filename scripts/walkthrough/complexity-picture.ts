import { scaleLog } from 'd3-scale';
import type { LayerShape } from '../../src/attention/complexity.ts';
import { type Method, methodComplexity } from '../../src/attention/method-complexity.ts';
import { COLORS, element, middle, muted, picture, right, text, two } from './drawing.ts';

const LEFT = 64;
const BOTTOM = 310;
const LENGTHS = [1, 4, 16, 64, 256, 1024, 4096, 16384];
const LINES: readonly { method: Method; color: string; dash?: string; name: string }[] = [
  { method: 'full', color: COLORS.negative, name: 'n²·d' },
  { method: 'linear', color: COLORS.other, dash: '2 4', name: 'n·d·dₖ' },
];

/** Complexity: multiply-adds over length, on logarithmic scales, with the pair marked. */
export function complexityPicture(pair: LayerShape): string {
  const x = scaleLog([1, 16384], [LEFT, 440]);
  const y = scaleLog([100, 1e12], [BOTTOM, 24]);
  const cost = (method: Method, n: number) =>
    methodComplexity(method, { ...pair, targets: n, sources: n }).multiplyAdds;
  const points = (method: Method) => LENGTHS.map((n) => `${two(x(n))} ${two(y(cost(method, n)))}`).join('L');
  const here = methodComplexity('cross', pair).multiplyAdds;
  const at = { x: two(x(Math.sqrt(pair.targets * pair.sources))), y: two(y(here)) };
  return picture(
    ...[2, 4, 6, 8, 10, 12].flatMap((power) => [
      element('path', { d: `M${LEFT} ${two(y(10 ** power))}H440`, stroke: 'var(--vscode-editorWidget-border)' }),
      text(LEFT - 8, y(10 ** power) + 4, `10${superscript(power)}`, { ...muted, ...right, 'font-size': 12 }),
    ]),
    ...LENGTHS.filter((_, i) => i % 2 === 0).map((n) =>
      text(x(n), BOTTOM + 20, String(n), { ...muted, ...middle, 'font-size': 12 }),
    ),
    text(440, BOTTOM + 40, 'n = T = S', { ...muted, ...right, 'font-size': 12 }),
    ...LINES.flatMap(({ method, color, dash, name }) => [
      element('path', { d: `M${points(method)}`, stroke: color, 'stroke-width': 2, 'stroke-dasharray': dash }),
      text(448, y(cost(method, 16384)) + 5, name, { fill: color }),
    ]),
    element('path', { d: `M${at.x} ${at.y}V${BOTTOM}`, stroke: COLORS.muted, 'stroke-dasharray': '2 3' }),
    element('circle', { cx: at.x, cy: at.y, r: 5, fill: COLORS.text }),
    text(at.x + 12, at.y + 18, `${pair.targets} × ${pair.sources}: ${here.toLocaleString('en-US')}`, {
      'font-weight': 600,
    }),
  );
}

const superscript = (power: number): string => [...String(power)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
