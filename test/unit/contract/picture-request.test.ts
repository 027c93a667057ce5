import { expect, it } from 'vitest';
import { EXPORT_TARGETS } from '../../../src/contract/choices.ts';
import { type Drawn, MOST_DRAWN } from '../../../src/contract/picture-request.ts';
import { parseWebviewMessage } from '../../../src/messages/webview-messages.ts';

const drawn = (result: unknown) => parseWebviewMessage({ type: 'drawn', id: 'a', result });

it('a page may answer with a picture, the theme, or why not', () => {
  const answers: Drawn[] = [
    { as: 'svg', svg: '<svg/>' },
    { as: 'png', bytes: new Uint8Array([1, 2]) },
    { as: 'clipboard' },
    { as: 'theme', theme: { bodyClass: 'vscode-dark', variables: { '--vscode-foreground': '#ccc' } } },
    { as: 'failure', failure: 'large', detail: '1 × 1' },
  ];
  for (const result of answers) expect(drawn(result)).toEqual({ type: 'drawn', id: 'a', result });
});

it('anything else is none of its messages: too large, of another shape, names that are no theme variables', () => {
  const evil: unknown[] = [
    { as: 'svg', svg: 'x'.repeat(MOST_DRAWN + 1) },
    { as: 'png', bytes: [1, 2] },
    { as: 'png', bytes: { byteLength: 3 } },
    { as: 'png', bytes: new Uint8Array(MOST_DRAWN + 1) },
    { as: 'clipboard', extra: 1 },
    { as: 'theme', theme: { bodyClass: '', variables: { 'x}body{': 'red' } } },
    { as: 'theme', theme: { bodyClass: '', variables: { '--vscode-a': 'x'.repeat(2000) } } },
    { as: 'failure', failure: 'other', detail: '' },
  ];
  for (const result of evil) expect(drawn(result)).toBeUndefined();
  expect(parseWebviewMessage({ type: 'drawn', id: 'x'.repeat(1000), result: { as: 'clipboard' } })).toBeUndefined();
});

it('a page may ask for the ways out that there are, and for no path', () => {
  for (const target of EXPORT_TARGETS) expect(parseWebviewMessage({ type: 'export', target })).toBeDefined();
  expect(parseWebviewMessage({ type: 'export', target: 'exe' })).toBeUndefined();
  expect(parseWebviewMessage({ type: 'export', target: 'svg', to: '/etc/passwd' })).toBeUndefined();
});
