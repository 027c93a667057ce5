import { expect, test } from 'vitest';
import type { AxisLabel, ExplorationView } from '../../../../src/contract/view.ts';
import { keyAction } from '../../../../webview/base/events.ts';
import { setLanguage, t } from '../../../../webview/base/l10n.ts';
import { highlighted } from '../../../../webview/heatmap/highlight.ts';

test('texts come from the bundle, with their placeholders filled; others stay English', () => {
  setLanguage('zh-cn', { '{0} layers × {1} heads': '{1} 个头 × {0} 层' });
  expect(t('{0} layers × {1} heads', 3, 6)).toBe('6 个头 × 3 层');
  expect(t('Head {0}', 2)).toBe('Head 2');
  setLanguage('en', {});
  expect(t('{0} layers × {1} heads', 3, 6)).toBe('3 layers × 6 heads');
});

test('a key with a modifier belongs to someone else', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(keyAction({ ...plain, key: '3' })).toEqual({ type: 'setPhase', phase: 'combine' });
  expect(keyAction({ ...plain, key: 'ArrowDown', ctrlKey: true })).toBeUndefined();
  expect(keyAction({ ...plain, key: 'x' })).toBeUndefined();
});

const label = (from: number, to = from + 1): AxisLabel => ({ text: '', from, to, start: 0, end: 0, special: false });
const view = (kind: string) =>
  ({
    state: { kind },
    rows: [label(0, 2), label(2), label(3)],
    cols: [label(0), label(1, 3), label(3)],
  }) as unknown as ExplorationView;

test('a token lit in the editor lights its word on the right axis, one place later among the decoder’s inputs', () => {
  expect(highlighted(view('cross'), { side: 'source', pieces: [2] })).toEqual({ rows: [], cols: [1] });
  expect(highlighted(view('cross'), { side: 'target', pieces: [1] })).toEqual({ rows: [0], cols: [] });
  expect(highlighted(view('encoder'), { side: 'source', pieces: [3] })).toEqual({ rows: [2], cols: [2] });
  expect(highlighted(view('decoder'), { side: 'target', pieces: [0] })).toEqual({ rows: [0], cols: [1] });
  expect(highlighted(view('cross'), undefined)).toEqual({ rows: [], cols: [] });
});
