import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/host/paths.mjs';
import { Workbench } from './workbench.ts';

const LINE = 'I like eating ice cream.';
const KEPT = path.join(root, 'media/screenshots');
const LOOKED_AT = path.join(root, 'test-results/screenshots');

const SETTINGS = {
  'editor.minimap.enabled': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'editor.fontSize': 13,
  'editor.occurrencesHighlight': 'off',
  'editor.selectionHighlight': false,
};

/** Ours as an installed extension: a window of extension development does not take its theme from the settings. */
const extensions = mkdtempSync(path.join(tmpdir(), 'extensions-'));
symlinkSync(root, path.join(extensions, 'attention-explorer.attention-explorer-0.1.0'));

/** A clean window on examples/pairs.tsv, its first pair explored, the cursor on 冰淇淋. */
async function explored(theme: string, width = 1440, language = 'en'): Promise<Workbench> {
  const file = path.join(root, 'examples/pairs.tsv');
  const workbench = await Workbench.open({
    file,
    width,
    language,
    extensions,
    settings: { ...SETTINGS, 'workbench.colorTheme': theme },
  });
  await workbench.command('View: Close Primary Side Bar');
  await workbench.clickText(LINE);
  await workbench.command('Attention: Explore Line Under Cursor');
  await workbench.cell('冰淇淋', 'ice').waitFor({ timeout: 60_000 });
  await workbench.clickText('冰淇淋', LINE);
  await workbench.panel.getByRole('option', { name: '冰淇淋', exact: true }).click();
  await workbench.panel.getByRole('tab', { name: /Match|匹配/ }).click();
  await workbench.panel.locator('#phase-match[aria-selected=true]').waitFor();
  await workbench.clickText('冰淇淋', LINE);
  await workbench.page.mouse.move(200, 600);
  await workbench.settled();
  return workbench;
}

/** Drags the border between editor and panel until the panel is `width` wide. */
async function widen(workbench: Workbench, width: number): Promise<void> {
  const { page } = workbench;
  const sash = page.locator('.editor-container, .part.editor').locator('.monaco-sash.vertical:not(.disabled)').first();
  const box = await sash.boundingBox();
  const size = page.viewportSize();
  if (!box || !size) throw new Error('There is no border to drag.');
  await page.mouse.move(box.x + box.width / 2, 500);
  await page.mouse.down();
  await page.mouse.move(size.width - width, 500, { steps: 8 });
  await page.mouse.up();
  await page.mouse.move(100, 700);
  await workbench.settled();
}

async function take(
  theme: string,
  work: (workbench: Workbench) => Promise<void>,
  width?: number,
  language?: string,
): Promise<void> {
  const workbench = await explored(theme, width, language);
  try {
    await work(workbench);
  } finally {
    await workbench.close();
  }
}

const shot = (workbench: Workbench, folder: string, name: string) =>
  workbench.page.screenshot({ path: path.join(folder, `${name}.png`) });

for (const folder of [KEPT, LOOKED_AT]) mkdirSync(folder, { recursive: true });
await take('Default Dark Modern', async (workbench) => {
  await shot(workbench, KEPT, 'panel-dark');
  await workbench.hover('冰淇淋', LINE, 'attends to');
  await workbench.settled();
  await shot(workbench, KEPT, 'hover-dark');
  await workbench.page.keyboard.press('Escape');
  await widen(workbench, 400);
  await shot(workbench, LOOKED_AT, 'panel-400');
});
await take('Default Light Modern', (workbench) => shot(workbench, KEPT, 'panel-light').then(() => {}));
await take('Default High Contrast', (workbench) => shot(workbench, KEPT, 'panel-hc').then(() => {}));
await take(
  'Default Dark Modern',
  async (workbench) => {
    await widen(workbench, 1200);
    await shot(workbench, LOOKED_AT, 'panel-1200');
  },
  1800,
);
await take(
  'Default Dark Modern',
  async (workbench) => {
    await shot(workbench, KEPT, 'panel-zh-cn');
    await workbench.hover('冰淇淋', LINE, '关注');
    await workbench.settled();
    await shot(workbench, KEPT, 'hover-zh-cn');
  },
  undefined,
  'zh-cn',
);
rmSync(extensions, { recursive: true });
