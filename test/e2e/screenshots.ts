import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/host/paths.mjs';
import { EXTENSION_ID } from '../extension-id.ts';
import { Workbench } from './workbench.ts';

const LINE = 'I like eating ice cream.';
const KEPT = path.join(root, 'media/screenshots');
/** One picture of each part, and of the window in every theme and language; kept out of the package. */
const GALLERY = path.join(root, 'media/gallery');
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
symlinkSync(root, path.join(extensions, `${EXTENSION_ID}-0.1.0`));

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
  await workbench.cell('冰淇淋', 'ice').waitFor();
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

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};
/** Names of pictures that the README shows, where they are others than the gallery's. */
const SHOWN: Readonly<Record<string, string>> = {
  'window-dark-en': 'panel-dark',
  'window-light-en': 'panel-light',
  'window-hc-dark-en': 'panel-hc',
  'window-dark-zh-cn': 'panel-zh-cn',
};

async function hoverShot(workbench: Workbench, words: string, name: string): Promise<void> {
  await workbench.hover('冰淇淋', LINE, words);
  await workbench.settled();
  await shot(workbench, KEPT, name);
  await workbench.page.keyboard.press('Escape');
}

/** Waits until one of the window's pages shows something; a comparison is a page of its own. */
async function seen({ page }: Workbench, selector: string): Promise<void> {
  for (;;) {
    const shown = await Promise.all(
      page.frames().map((frame) =>
        frame
          .locator(selector)
          .count()
          .catch(() => 0),
      ),
    );
    if (shown.some((count) => count > 0)) return;
    await page.waitForEvent('framenavigated', { timeout: 500 }).catch(() => undefined);
  }
}

/** The further parts of the panel, one after the other in one window. */
async function parts(workbench: Workbench): Promise<void> {
  const { panel, page } = workbench;
  await panel.getByRole('radio', { name: 'Lines' }).click();
  await panel.locator('ax-lines canvas').waitFor();
  await panel.getByRole('combobox', { name: 'Head', exact: true }).selectOption({ value: 'mean' });
  await panel.locator('ax-lines').scrollIntoViewIfNeeded();
  await workbench.settled();
  await shot(workbench, GALLERY, 'lines');
  await panel.getByRole('radio', { name: 'Heatmap' }).click();
  await panel.getByRole('combobox', { name: 'Head', exact: true }).selectOption({ value: '0' });
  await workbench.cell('冰淇淋', 'cream').click();
  await page.keyboard.press('m');
  await panel.locator('ax-what-if').scrollIntoViewIfNeeded();
  await workbench.settled();
  await shot(workbench, GALLERY, 'what-if');
  await workbench.command('Attention: Show Model');
  await panel.locator('.model-parts').waitFor();
  await workbench.settled();
  await shot(workbench, GALLERY, 'model');
  await workbench.command('View: Show Attention Explorer');
  await workbench.settled();
  await shot(workbench, GALLERY, 'side-bar');
  await workbench.command('View: Close Primary Side Bar');
  await workbench.command('Attention: Compare with Self-Attention');
  await seen(workbench, '.kinds');
  await workbench.settled();
  await shot(workbench, GALLERY, 'compare');
}

for (const folder of [KEPT, GALLERY, LOOKED_AT]) mkdirSync(folder, { recursive: true });
for (const [name, theme] of Object.entries(THEMES)) {
  for (const language of ['en', 'zh-cn']) {
    await take(
      theme,
      async (workbench) => {
        const shown = SHOWN[`window-${name}-${language}`];
        await (shown ? shot(workbench, KEPT, shown) : shot(workbench, GALLERY, `window-${name}-${language}`));
        if (name !== 'dark') return;
        await (language === 'en'
          ? hoverShot(workbench, 'attends to', 'hover-dark')
          : hoverShot(workbench, '关注', 'hover-zh-cn'));
      },
      undefined,
      language,
    );
  }
}
await take(THEMES.dark, async (workbench) => {
  await widen(workbench, 400);
  await shot(workbench, LOOKED_AT, 'panel-400');
  await widen(workbench, 760);
  await parts(workbench);
});
await take(
  THEMES.dark,
  async (workbench) => {
    await widen(workbench, 1200);
    await shot(workbench, GALLERY, 'panel-1200');
  },
  1800,
);
rmSync(extensions, { recursive: true });
