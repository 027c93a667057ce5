import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/host/paths.mjs';
import { Workbench } from './workbench.ts';

/** A workspace that names a model folder of its own. Were it used, the run would fail: there is no such folder. */
const folder = mkdtempSync(path.join(tmpdir(), 'untrusted-'));
let workbench: Workbench;

beforeAll(async () => {
  cpSync(path.join(root, 'examples/pairs.tsv'), path.join(folder, 'pairs.tsv'));
  mkdirSync(path.join(folder, '.vscode'));
  const settings = { 'attentionExplorer.modelFolder': path.join(folder, 'no-such-model') };
  writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
  workbench = await Workbench.open({
    folder,
    file: path.join(folder, 'pairs.tsv'),
    trust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
  });
});

afterAll(async () => {
  await workbench?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('in a workspace that is not trusted', () => {
  it('the bundled model runs, not the one that the workspace names, and that is said with a way out', async () => {
    const { page } = workbench;
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.clickText('I like eating ice cream.');
    await workbench.command('Explore Line Under Cursor');
    await workbench.panel.getByRole('grid').first().waitFor();
    expect(await workbench.panel.getByRole('option', { name: '冰淇淋', exact: true }).count()).toBe(1);
    await workbench.command('Notifications: Show Notifications');
    const notice = page.locator('.notifications-list-container', { hasText: 'This workspace is not trusted' }).last();
    await notice.getByText('Manage Workspace Trust').waitFor();
    await workbench.picture('untrusted');
  });
});
