import { expect, test } from 'vitest';
import { flag, integer, oneOf, text } from '../../../../src/editor/host/settings.ts';

test('what a settings file may say by hand, and does not make sense, counts as not set', () => {
  for (const odd of ['seven', -5, 1.5, 17, null, undefined, {}, Number.NaN]) expect(integer(odd, 4, 1, 16)).toBe(4);
  expect(integer(16, 4, 1, 16)).toBe(16);
  for (const odd of ['foo', 3, null, ['cross']]) expect(oneOf(['cross', 'encoder'], odd)).toBe('cross');
  expect(oneOf(['cross', 'encoder'], 'encoder')).toBe('encoder');
  for (const odd of ['no', 0, null, undefined, true]) expect(flag(odd)).toBe(true);
  expect(flag(false)).toBe(false);
  for (const odd of [7, null, {}, undefined]) expect(text(odd)).toBe('');
});
