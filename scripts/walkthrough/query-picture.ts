import type { StepView } from '../../src/contract/view.ts';
import { reach, rowOf } from '../../webview/stepper/vector-strips.ts';
import { bars, chip, element, muted, picture, right, text } from './drawing.ts';

/** Query: the state of one token becomes its query, beside the keys that it will meet. */
export function queryPicture(step: StepView): string {
  const { state, q, keys, keyTokens } = step;
  const left = 110;
  const room = 380;
  const scale = reach(q, keys);
  const unit = room / q.length;
  return picture(
    chip(20, 48, step.token.text, true),
    text(left - 12, 48, 'x', { ...muted, ...right, 'font-style': 'italic' }),
    bars(left, 44, state, room / state.length, 44, reach(state)),
    text(left + room / 2, 92, `↓ × W`, { ...muted, 'text-anchor': 'middle' }),
    text(left + room / 2 + 26, 96, 'Q', { ...muted, 'font-size': 10 }),
    text(left - 12, 128, 'q', { ...right, 'font-style': 'italic', 'font-weight': 600 }),
    bars(left, 124, q, unit, 40, scale),
    element('path', { d: 'M20 158H490', stroke: 'var(--vscode-editorWidget-border)' }),
    ...keyTokens.flatMap((token, i) => [
      text(left - 34, 184 + i * 22, token.text, { ...right, ...(token.special ? muted : {}) }),
      text(left - 12, 184 + i * 22, 'k', { ...muted, ...right, 'font-style': 'italic' }),
      bars(left, 180 + i * 22, rowOf(keys, i, q.length), unit, 20, scale),
    ]),
  );
}
