import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/host/chromium.mjs';
import { root } from '../../scripts/host/paths.mjs';
import { startServer, workbenchAddress } from '../../scripts/host/server.mjs';

const EXTENSION = 'attention-explorer.attention-explorer';

export interface WorkbenchOptions {
  /** Opened as the workspace; default examples/. */
  readonly folder?: string;
  readonly file?: string;
  /** Folder of installed extensions; left out: the project itself is loaded as the extension under development. */
  readonly extensions?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly trust?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
}

/** VS Code in headless Chromium, driven as a person would: keyboard, pointer, palette. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: { stop(): Promise<void> },
    private readonly folder: string,
  ) {}

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const temporary = mkdtempSync(path.join(tmpdir(), 'workbench-'));
    const server = await startServer(temporary, {
      settings: { ...options.settings },
      trust: options.trust ?? false,
      ...(options.extensions ? { extensions: options.extensions } : {}),
    });
    const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
      deviceScaleFactor: options.scale ?? 1,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const address = workbenchAddress(server.port, {
      folder: options.folder ?? path.join(root, 'examples'),
      file: options.file,
      extension: options.extensions ? undefined : root,
    });
    await page.goto(address);
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    const workbench = new Workbench(page, browser, server, temporary);
    if (options.file) await workbench.lines.first().waitFor({ timeout: 60_000 });
    return workbench;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Lines of the text editors, as painted. */
  get lines(): Locator {
    return this.page.locator('.editor-instance .view-line');
  }

  /** A painted line that holds the text. */
  line(text: string): Locator {
    // Monaco paints spaces as no-break spaces
    return this.lines.filter({
      hasText: new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ \\u00a0]')),
    });
  }

  /** Inside of the panel's webview. */
  get panel(): FrameLocator {
    return this.page
      .locator(`iframe.webview.ready[src*="extensionId=${EXTENSION}"]`)
      .contentFrame()
      .frameLocator('#active-frame');
  }

  /** Runs a command from the palette. Its list is fixed when it opens, so a command that is not there is looked for anew. */
  async command(title: string): Promise<void> {
    const { page } = this;
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    for (let attempt = 0; ; attempt++) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget .quick-input-box input').fill(`>${title}`);
      try {
        await row.waitFor({ timeout: 3000 });
        break;
      } catch (error) {
        if (attempt === 10) throw error;
      }
    }
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Puts the cursor into the painted line that holds the text, `column` of 0 … 1 along the text. */
  async clickLine(text: string, along = 0.5): Promise<void> {
    const box = await this.line(text).first().locator('span span').first().boundingBox();
    if (!box) throw new Error(`The line “${text}” is not on the screen.`);
    await this.page.mouse.click(box.x + box.width * along, box.y + box.height / 2);
  }

  /** Rests the pointer on a word of a line and waits for the hover. @returns its text */
  async hoverText(line: string, along: number, expected: string): Promise<string> {
    const box = await this.line(line).first().locator('span span').first().boundingBox();
    if (!box) throw new Error(`The line “${line}” is not on the screen.`);
    const x = box.x + box.width * along;
    await this.page.mouse.move(x - 3, box.y + box.height / 2);
    await this.page.mouse.move(x, box.y + box.height / 2, { steps: 3 });
    const hover = this.page.locator('.monaco-hover .hover-contents', { hasText: expected }).first();
    await hover.waitFor({ timeout: 15_000 });
    return hover.innerText();
  }

  /** Keeps a picture in test-results/. */
  async picture(name: string): Promise<void> {
    const folder = path.join(root, 'test-results/pictures');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}
