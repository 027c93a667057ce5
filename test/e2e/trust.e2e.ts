import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/host/paths.mjs';
import { Workbench } from './workbench.ts';

let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({
    file: path.join(root, 'examples/pairs.tsv'),
    trust: true,
    settings: {
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
      // Were it used, the run would fail: there is no such folder.
      'attentionExplorer.modelFolder': path.join(root, 'no-such-model'),
    },
  });
});

afterAll(() => workbench?.close());

describe('in a workspace that is not trusted', () => {
  it('the bundled model is used, and that is said with the way out', async () => {
    const { page } = workbench;
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.clickText('I like eating ice cream.');
    await workbench.command('Explore Line Under Cursor');
    await page.locator('.notification-toast', { hasText: 'This workspace is not trusted' }).waitFor();
    await page.locator('.notification-toast a', { hasText: 'Manage Workspace Trust' }).waitFor();
    await workbench.panel.getByRole('grid').first().waitFor({ timeout: 30_000 });
    expect(await workbench.panel.getByRole('option', { name: '冰淇淋', exact: true }).count()).toBe(1);
    await workbench.picture('untrusted');
  });
});
