import { expect, it } from 'vitest';
import { parse, parseFolders } from '../../../scripts/l10n/syntax.mjs';
import { visibleLiterals } from '../../../scripts/l10n/visible-literals.mjs';

it('nothing that a person reads misses its translation', () => {
  expect(visibleLiterals(parseFolders(['webview', 'src/editor']))).toEqual([]);
});

it('is found in templates, attributes, labels and messages', () => {
  const code = `html\`<p class="not read">Hello <b>big</b> \${name} world</p>
    <button title="Close it" data-x="no" @click=\${() => run('go')}>\${open ? 'Shut' : t('Fine')}</button>
    <i aria-label=\${'Spoken'}></i><a class=\${'unread'}>&nbsp;softmax QKᵀ \${icon('left')}</a>\`;
    pick({ label: 'Choose me', value: 'quiet' });
    window.showErrorMessage(\`Broken \${x}\`, t('Fine'));
    item.text = \`$(telescope) Go \${n}\`;`;
  expect(visibleLiterals([parse('a.ts', code)]).map((line) => line.replace(/^a\.ts:\d+ /, ''))).toEqual([
    'Hello',
    'big',
    'world',
    'Close it',
    'Shut',
    'Spoken',
    'Choose me',
    'Broken',
    'Go',
  ]);
});
