import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageTheme } from '../../src/contract/picture-request.ts';
import { initialView, runShape } from '../../src/contract/state-bounds.ts';
import type { Action, ViewState } from '../../src/contract/view-state.ts';
import { PRINT_PAGE, standaloneHtml, themeNames } from '../../src/export/standalone-html.ts';
import { nodeFiles } from '../../src/model/checkpoint/node-files.ts';
import { modelDetails } from '../../src/model/loading/model-details.ts';
import { packRun } from '../../src/run/packed-run.ts';
import { exportRun } from '../../src/run/run-export.ts';
import { run } from '../../src/run/run-pair.ts';
import type { RunResult } from '../../src/run/run-result.ts';
import { reduce } from '../../src/session/reduce.ts';
import { cellName } from '../../webview/heatmap/cell-description.ts';
import { wholeViewOf } from '../unit/insight/whole-view.ts';
import { build, root } from './gallery/bundle.ts';
import { launchChromium } from './gallery/launch-chromium.ts';
import { bundledModel } from './gallery/panel-session.ts';
import { seriousFindings } from './gallery/serious-findings.ts';
import { BODY_CLASS, VARIABLES } from './gallery/themes.ts';

const SOURCE = 'My father works in a big hospital.';
const TARGET = '我父亲在一家大医院工作。';
const HOSTILE = 'He said "</script><img src=x onerror=alert(1)><!-- <script>" & left\u2028.';

const folder = mkdtempSync(path.join(tmpdir(), 'attention-page-'));
let browser: Browser;
let code: { script: string; style: string; host: string };

beforeAll(async () => {
  browser = await launchChromium();
  const host = (await build('webview/standalone/standalone-main.ts')).script;
  code = { ...(await build('webview/main.ts')), host };
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const DARK: PageTheme = {
  bodyClass: BODY_CLASS.dark,
  variables: Object.fromEntries(Object.entries(VARIABLES.dark).map(([name, value]) => [`--vscode-${name}`, value])),
};

/** A pair explored, exported, and opened from the disk; the network is off, and whatever the page asks for is kept. */
async function opened(
  options: { source?: string; target?: string; theme?: PageTheme; whole?: number; change?: Partial<ViewState> } = {},
) {
  const { source = SOURCE, target = TARGET } = options;
  const kept: RunResult = await run(
    await bundledModel(),
    { folder: '', source, target },
    () => undefined,
    async () => undefined,
  );
  const state = { ...initialView(kept.summary), ...options.change };
  const html = await standaloneHtml({
    data: {
      run: packRun(await exportRun(kept, state, async () => undefined), options.whole),
      state,
      language: 'en',
      strings: {},
      colorMap: 'theme',
      details: { ...(await modelDetails(nodeFiles(path.join(root, 'models/en-zh')))), folder: '' },
    },
    theme: options.theme ?? PRINT_PAGE,
    ...code,
    title: `${source} → ${target}`,
    about: 'Made with Attention Explorer.',
    needsScript: 'This page needs scripts.',
  });
  const file = path.join(folder, `${crypto.randomUUID()}.html`);
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width: 1000, height: 1400 }, offline: true });
  const page = await context.newPage();
  const problems: string[] = [];
  const asked: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => problems.push(`dialog: ${dialog.message()}`));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  await page.waitForSelector('.cell');
  return { page, problems, asked, url, html, kept, state };
}

/** The numbers that the heatmap's cells say. */
async function said(page: Page): Promise<string[]> {
  return page
    .locator('#heatmap .cell')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''));
}

/** The weights of the kept run in that state, as the cells say them. */
async function expected(kept: RunResult, state: Parameters<typeof wholeViewOf>[1]): Promise<string[]> {
  const view = await wholeViewOf(kept, state);
  return view.rows.flatMap((_, row) => view.cols.map((__, col) => cellName(view, { row, col })));
}

describe('an exploration as one file', () => {
  test('opens from the disk without a network, and its heads, kinds, phases and steps show the live numbers', async () => {
    const { page, problems, asked, url, kept, state } = await opened();
    expect(await said(page)).toEqual(await expected(kept, state));
    const shape = runShape(kept.summary);
    let now = state;
    const after = async (action: Action, gesture: () => Promise<unknown>) => {
      await gesture();
      now = reduce(now, action, shape);
      const numbers = await expected(kept, now);
      await expect.poll(() => said(page)).toEqual(numbers);
    };
    await after({ type: 'setHead', layer: 1, head: 3 }, () => page.click('.th[data-layer="1"][data-head="3"]'));
    await after({ type: 'setPhase', phase: 'combine' }, () => page.keyboard.press('3'));
    await after({ type: 'nextToken' }, () => page.keyboard.press('ArrowDown'));
    await after({ type: 'setKind', kind: 'decoder' }, () => page.click('.kind [data-value=decoder]'));
    await after({ type: 'setPhase', phase: 'query' }, () => page.keyboard.press('1'));
    await after({ type: 'setUnit', unit: 'pieces' }, () => page.click('.words [data-value=pieces]'));
    await after({ type: 'setHead', head: 'mean' }, () => page.selectOption('select[aria-label=Head]', 'mean'));
    expect(problems).toEqual([]);
    expect(asked).toEqual([url]);
    await page.context().close();
  });

  test('says what the model predicts, and a cell under the pointer in numbers', async () => {
    const { page, kept, state, problems } = await opened();
    await page.keyboard.press('3');
    const view = await wholeViewOf(kept, { ...state, phase: 'combine' });
    const [best] = view.step!.predictions;
    await expect.poll(() => page.locator('ax-stepper').innerText()).toContain(best.text);
    await page.locator('#heatmap .cell').nth(3).hover();
    await expect.poll(() => page.locator('#heatmap .tip').innerText()).toContain(view.weights[3].toFixed(3));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('keeps the what-if that was on, and shows it only where it holds', async () => {
    const force = { query: 2, keys: [1] };
    const { page, problems, kept, state } = await opened({ change: { whatIf: { mask: [3], force } } });
    const masked = await expected(kept, state);
    expect(masked).not.toEqual(await expected(kept, { ...state, whatIf: undefined }));
    expect(await said(page)).toEqual(masked);
    const view = await wholeViewOf(kept, state);
    await expect.poll(() => page.locator('body').innerText()).toContain(view.whatIf!.after.weights[1].toFixed(3));
    // A forced row belongs to the head that it was forced in.
    const other = await expected(kept, { ...state, layer: 0, head: 1, whatIf: undefined });
    await page.click('.th[data-layer="0"][data-head="1"]');
    await expect.poll(() => said(page)).toEqual(other);
    await page.click(`.th[data-layer="${state.layer}"][data-head="${state.head}"]`);
    await expect.poll(() => said(page)).toEqual(masked);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('tells of the model, but not of its folder', async () => {
    const { page, html, problems } = await opened();
    await page.locator('ax-model summary').click();
    await expect.poll(() => page.locator('ax-model').innerText()).toMatch(/Embedding/i);
    expect(await page.locator('ax-model').innerText()).not.toMatch(/Folder|Looking through/);
    expect(html).not.toContain(root);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('plays, until something else is done', async () => {
    const { page, problems } = await opened();
    await page.click('ax-stepper [aria-label="Play"]');
    await page.waitForSelector('ax-stepper [aria-label="Pause"]');
    await page.keyboard.press('1');
    await page.waitForSelector('ax-stepper [aria-label="Play"]');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('has nothing that only the extension can do', async () => {
    const { page } = await opened();
    const hidden = ['More actions', 'Export', 'Measure on this machine'];
    for (const name of hidden) expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(await page.getByRole('combobox', { name: /Direction/ }).count()).toBe(0);
    await page.context().close();
  });

  test('a text full of markup is text, and runs nothing', async () => {
    const { page, problems, html } = await opened({ source: HOSTILE, target: '</script><b>' });
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(await page.locator('img, b:not(ax-panel b)').count()).toBe(0);
    expect(await page.title()).toContain('</script><img src=x onerror=alert(1)>');
    await page.click('.words [data-value=pieces]');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('lets no script run but its own', async () => {
    const { page } = await opened();
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      const blocked = new Promise((resolve) =>
        document.addEventListener('securitypolicyviolation', resolve, { once: true }),
      );
      document.body.append(script);
      await blocked;
      return 'ran' in window;
    });
    expect(ran).toBe(false);
    await page.context().close();
  });

  test('a theme’s value that would leave its declaration is left out', async () => {
    const evil = {
      ...DARK.variables,
      '--vscode-foreground': 'red;}</style><script>',
      '--vscode-charts-blue': 'url(http://x)',
    };
    const { html, page } = await opened({ theme: { ...DARK, variables: evil } });
    expect(html).not.toContain('url(http');
    expect(html).not.toContain('red;}');
    expect(html).toContain('--vscode-editor-background:#1f1f1f');
    await page.context().close();
  });

  test.each([
    ['light', PRINT_PAGE],
    ['dark', DARK],
  ])('axe finds nothing serious, %s', async (_, theme) => {
    const { page } = await opened({ theme });
    expect(await seriousFindings(page, 'html')).toEqual([]);
    await page.context().close();
  });

  test('the light theme has every colour that the panel uses', () => {
    const optional = /contrast(Active)?Border|button-border/;
    const names = themeNames(code.script, code.style).filter((name) => !optional.test(name));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !(name in PRINT_PAGE.variables))).toEqual([]);
  });
});
