import type { StepView } from '../../src/contract/view.ts';
import { COLORS, chip, element, fixed, muted, picture, right, text, two } from './drawing.ts';

/** Match: scores, divided by √dₖ, through softmax, key by key. */
export function matchPicture({ token, keyTokens, scores, scaled, weights, q }: StepView): string {
  const y = (i: number) => 100 + i * 30;
  const top = weights.indexOf(Math.max(...weights));
  return picture(
    chip(20, 44, token.text, true),
    text(190, 62, 'q · k', { ...muted, ...right }),
    text(280, 62, `÷ √${q.length}`, { ...muted, ...right }),
    text(372, 62, 'softmax', { ...muted, ...right }),
    element('path', { d: 'M20 74H500', stroke: 'var(--vscode-editorWidget-border)' }),
    ...keyTokens.flatMap((key, i) => {
      const bold = i === top ? { 'font-weight': 600 } : {};
      return [
        text(20, y(i), key.text, { ...bold, ...(key.special ? muted : {}) }),
        text(190, y(i), fixed(scores[i], 2), right),
        text(280, y(i), fixed(scaled[i], 2), right),
        text(372, y(i), weights[i].toFixed(3), { ...right, ...bold }),
        element('rect', { x: 388, y: y(i) - 10, width: 112, height: 10, fill: COLORS.surface }),
        element('rect', {
          x: 388,
          y: y(i) - 10,
          width: Math.max(1, two(112 * weights[i])),
          height: 10,
          fill: COLORS.accent,
        }),
      ];
    }),
    element('path', { d: `M300 ${y(keyTokens.length) - 20}H500`, stroke: 'var(--vscode-editorWidget-border)' }),
    text(372, y(keyTokens.length), '1.000', { ...muted, ...right }),
  );
}
