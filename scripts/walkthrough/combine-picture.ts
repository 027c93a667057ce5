import type { StepView } from '../../src/contract/view.ts';
import { byWeight } from '../../webview/stepper/phase-table.ts';
import { reach, rowOf, weightedRow } from '../../webview/stepper/vector-strips.ts';
import { bars, COLORS, chip, element, muted, picture, right, text, two } from './drawing.ts';

/** Keys shown; the others' weights are too small to be seen. */
const SHOWN = 4;

/** Combine: values times weights, their sum, and what the model makes of it in the end. */
export function combinePicture({ weights, values, context, keyTokens, predictions }: StepView): string {
  const width = context.length;
  const left = 160;
  const unit = 330 / width;
  const scale = reach(values);
  const shown = byWeight(weights).slice(0, SHOWN);
  const y = (i: number) => 34 + i * 36;
  const below = y(SHOWN) + 10;
  return picture(
    ...shown.flatMap((key, i) => [
      text(20, y(i) + 5, keyTokens[key].text),
      text(left - 30, y(i) + 5, `${weights[key].toFixed(3)} ·`, { ...right, ...muted }),
      text(left - 12, y(i) + 5, 'v', { ...right, ...muted, 'font-style': 'italic' }),
      element('g', { opacity: 0.3 }, bars(left, y(i), rowOf(values, key, width), unit, 34, scale)),
      bars(left, y(i), weightedRow(values, key, width, weights[key]), unit, 34, scale),
    ]),
    element('path', { d: `M20 ${below - 30}H490`, stroke: 'var(--vscode-editorWidget-border)' }),
    text(left - 12, below + 5, 'Σ = c', { ...right, 'font-style': 'italic', 'font-weight': 600 }),
    bars(left, below, context, unit, 44, scale),
    text(left + 165, below + 46, '↓', { ...muted, 'text-anchor': 'middle' }),
    ...predictions.slice(0, 3).flatMap(({ text: piece, probability }, i) => [
      chip(left, below + 80 + i * 30, piece, i === 0),
      element('rect', {
        x: left + 60,
        y: below + 68 + i * 30,
        width: Math.max(1, two(180 * probability)),
        height: 14,
        fill: COLORS.accent,
      }),
      text(490, below + 80 + i * 30, `${(probability * 100).toFixed(1)} %`, right),
    ]),
  );
}
