import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../scripts/host/chromium.mjs';
import { root } from '../../scripts/host/paths.mjs';
import { startServer, workbenchAddress } from '../../scripts/host/server.mjs';
import { EXTENSION_ID } from '../extension-id.ts';

export interface WorkbenchOptions {
  /** Opened as the workspace; default examples/. */
  readonly folder?: string;
  readonly file?: string;
  /** Folder of installed extensions; left out: the project itself is loaded as the extension under development. */
  readonly extensions?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Workspace trust as people have it: the folder is not trusted until they say so. */
  readonly trust?: boolean;
  /** Display language, such as zh-cn: what a language pack sets; VS Code's own words stay English without the pack. */
  readonly language?: string;
  readonly width?: number;
  readonly height?: number;
  /** Where the workbench comes from; left out: VS Code's server with an extension host of Node. */
  readonly serve?: (options: WorkbenchOptions) => Promise<Served>;
  /** Address of a proxy for everything but this machine. */
  readonly proxy?: string;
  /** Called before the page loads anything. */
  readonly watch?: (page: Page) => void;
}

/** Where a text stands, px of the page. */
interface Place {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
  readonly y: number;
}

export interface Served {
  readonly address: string;
  stop(): Promise<void>;
}

async function serve(options: WorkbenchOptions): Promise<Served> {
  const temporary = mkdtempSync(path.join(tmpdir(), 'workbench-'));
  const server = await startServer(temporary, {
    settings: { ...options.settings },
    ...(options.extensions ? { extensions: options.extensions } : {}),
    trust: options.trust ?? false,
  });
  return {
    address: workbenchAddress(server.port, {
      folder: options.folder ?? path.join(root, 'examples'),
      file: options.file,
      extension: options.extensions ? undefined : root,
    }),
    async stop() {
      await server.stop();
      rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** VS Code in headless Chromium, driven as a person would: keyboard, pointer, palette. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: Served,
  ) {}

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const server = await (options.serve ?? serve)(options);
    const browser = await chromium.launch({
      executablePath: findChromium(),
      // Not playwright's `proxy`: that one takes this machine's own addresses too.
      args: [...chromiumFlags, ...(options.proxy ? [`--proxy-server=${options.proxy}`] : [])],
    });
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const speak = (language: string) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
    if (options.language) await page.addInitScript(speak, options.language);
    page.setDefaultTimeout(60_000);
    options.watch?.(page);
    await page.goto(server.address);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    const workbench = new Workbench(page, browser, server);
    if (options.file) await workbench.lines.first().waitFor();
    return workbench;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** Lines of the text editors, as painted. */
  get lines(): Locator {
    return this.page.locator('.editor-instance .view-line');
  }

  /** The first painted line that holds the text. */
  line(text: string): Locator {
    // Monaco paints spaces as no-break spaces
    const pattern = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[ \\u00a0]');
    return this.lines.filter({ hasText: new RegExp(pattern) }).first();
  }

  /** Opens a file as a person does: a double click on it in the explorer. */
  async openFromExplorer(name: string): Promise<void> {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    await row.dblclick();
    await this.page.locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`).waitFor();
    await this.lines.first().waitFor();
  }

  /** Inside of the panel's webview. */
  get panel(): FrameLocator {
    return this.page
      .locator(`iframe.webview.ready[src*="extensionId=${EXTENSION_ID}"]`)
      .contentFrame()
      .frameLocator('#active-frame');
  }

  /** Cell of the heatmap where `query` asks `key`. */
  cell(query: string, key: string): Locator {
    const name = (colon: string) => `[role=gridcell][aria-label^="${query} → ${key}${colon}"]`;
    return this.panel.locator(`${name(': ')}, ${name('：')}`);
  }

  /** Weight of `query` on `key`, as the cell's accessible name says it. */
  async weight(query: string, key: string): Promise<number> {
    const name = await this.cell(query, key).getAttribute('aria-label');
    const [, weight] = /weight ([\d.]+)$/.exec(name ?? '') ?? [];
    if (!weight) throw new Error(`The cell's name has no weight: ${name}`);
    return Number(weight);
  }

  /** Runs a command from the palette. Its list is fixed when it opens, so a command that is not there is looked for anew. */
  async command(title: string): Promise<void> {
    const { page } = this;
    // With what was found marked: the list shows what was used lately until it has read what was written.
    const rows = page.locator('.quick-input-list .monaco-list-row:has(.highlight)', { hasText: title });
    const focused = rows.and(page.locator('.focused'));
    for (let attempt = 0; ; attempt++) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      try {
        // A key pressed while the window is busy may be lost with the palette: then it is pressed again.
        await page.locator('.quick-input-widget .quick-input-box input').fill(`>${title}`, { timeout: 3000 });
        await rows.first().waitFor({ timeout: 3000 });
        // What Enter takes need not be the first that was found.
        for (let down = 0; down < 10 && !(await focused.count()); down++) await page.keyboard.press('ArrowDown');
        await focused.waitFor({ timeout: 3000 });
        break;
      } catch (error) {
        if (attempt === 10) throw error;
      }
    }
    await page.keyboard.press('Enter');
    await focused.waitFor({ state: 'hidden' });
  }

  /** Where a text stands on the screen. Monaco breaks lines into spans, so it is looked for across them. */
  async placeOf(text: string, line = text): Promise<Place> {
    const found = this.line(line);
    await found.waitFor();
    const box = await found.evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const places: [Node, number][] = [];
      let all = '';
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const content = node.textContent ?? '';
        for (let at = 0; at < content.length; at++) places.push([node, at]);
        all += content.replaceAll('\u00a0', ' ');
      }
      const at = all.indexOf(wanted);
      if (at < 0) return undefined;
      const range = document.createRange();
      range.setStart(...places[at]);
      const [node, last] = places[at + wanted.length - 1];
      range.setEnd(node, last + 1);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { left, right, middle: (left + right) / 2, y: (top + bottom) / 2 };
    }, text);
    if (!box) throw new Error(`“${text}” is not on the screen.`);
    return box;
  }

  /** Puts the cursor into a text of the editor. */
  async clickText(text: string, line = text): Promise<void> {
    await this.still(text, line, ({ middle, y }) => this.page.mouse.click(middle, y));
  }

  /** Does something where a text stands, and again if the text moved meanwhile: lenses that come push it down. */
  private async still(text: string, line: string, what: (place: Place) => Promise<void>): Promise<void> {
    for (let place = await this.placeOf(text, line); ; ) {
      await what(place);
      const now = await this.placeOf(text, line);
      if (now.y === place.y && now.middle === place.middle) return;
      place = now;
    }
  }

  /** Selects a text with the pointer; with Alt beside the selections that are there. */
  async selectText(text: string, line: string, alt = false): Promise<void> {
    const { mouse, keyboard } = this.page;
    await this.still(text, line, async ({ left, right, y }) => {
      if (alt) await keyboard.down('Alt');
      await mouse.move(left + 1, y);
      await mouse.down();
      await mouse.move(right - 1, y, { steps: 4 });
      await mouse.up();
      if (alt) await keyboard.up('Alt');
    });
  }

  /** Rests the pointer on a word of a line and waits for the hover that says `expected`. */
  async hover(text: string, line: string, expected: string): Promise<Locator> {
    const rest = async (from: number) => {
      const { middle, y } = await this.placeOf(text, line);
      await this.page.mouse.move(middle - 2, y + from);
      await this.page.mouse.move(middle, y, { steps: 3 });
    };
    await rest(0);
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: expected }).first();
    // A provider that is still starting answers too late for the first rest of the pointer: it is rested anew.
    for (let attempt = 0; attempt < 4; attempt++) {
      if (
        await hover.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        )
      )
        return hover;
      await rest(200);
    }
    await hover.waitFor({ timeout: 5000 });
    return hover;
  }

  /** Resolves when nothing of the window moves any more: fades, hovers, the bar of progress. */
  async settled(): Promise<void> {
    for (const frame of this.page.frames()) {
      await frame.evaluate(async () => {
        await document.fonts.ready;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
        await Promise.allSettled(ending.map((one) => one.finished));
      });
    }
  }

  /** Keeps a picture in test-results/screenshots/. */
  async picture(name: string): Promise<void> {
    const folder = path.join(root, 'test-results/screenshots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}
