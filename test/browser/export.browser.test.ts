import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DrawRequest } from '../../src/contract/picture-request.ts';
import type { Action } from '../../src/contract/view-state.ts';
import { wholeViewOf } from '../unit/insight/whole-view.ts';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';
import { seriousFindings } from './gallery/serious-findings.ts';
import { THEMES, type ThemeName } from './gallery/themes.ts';

const SOURCE = 'My father works in a big hospital.';
const TARGET = '我父亲在一家大医院工作。';
const LONG = Array.from({ length: 12 }, () => 'we walked along the river').join(' and ');
const HOSTILE = 'a "<&> ]]> </text><script> =1 \u0007\u202E b 😀 ירושלים יפה';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

async function opened(source = SOURCE, target = TARGET, theme: ThemeName = 'dark', ...actions: Action[]) {
  const session = await PanelSession.open(browser, { width: 700, theme });
  await session.explore(source, target);
  for (const action of actions) await session.act(action);
  return session;
}

async function svgOf(session: PanelSession, colors: DrawRequest['colors'] = 'seen'): Promise<string> {
  const drawn = await session.draw({ as: 'svg', colors, scale: 1, names: [] });
  if (drawn.as !== 'svg') throw new Error(JSON.stringify(drawn));
  return drawn.svg;
}

/** What a strict XML parser and Chromium's layout make of a picture, opened by itself. */
async function looked(svg: string) {
  const page = await browser.newPage();
  try {
    await page.goto('about:blank');
    return await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      const error = parsed.querySelector('parsererror')?.textContent;
      if (error) throw new Error(error);
      const root = document.body.appendChild(
        document.importNode(parsed.documentElement, true),
      ) as unknown as SVGSVGElement;
      const all = [...root.querySelectorAll('*')];
      const frame = root.getBoundingClientRect();
      const [width, height] = [root.width.baseVal.value, root.height.baseVal.value];
      const outside = [...root.querySelectorAll('text, path, rect')].filter((element) => {
        const box = element.getBoundingClientRect();
        const [left, top] = [box.left - frame.left, box.top - frame.top];
        return left < -0.5 || top < -0.5 || left + box.width > width + 0.5 || top + box.height > height + 0.5;
      });
      return {
        width,
        height,
        viewBox: root.getAttribute('viewBox'),
        elements: [...new Set(all.map(({ tagName }) => tagName))].sort(),
        attributes: [...new Set(all.flatMap((element) => element.getAttributeNames()))].sort(),
        texts: [...root.querySelectorAll('text')].map((element) => element.textContent ?? ''),
        rtl: [...root.querySelectorAll('text[direction=rtl]')].map((element) => element.textContent ?? ''),
        cells: [...root.querySelectorAll('rect > title')].map((title) => ({
          name: title.textContent ?? '',
          fill: title.parentElement?.getAttribute('fill') ?? '',
        })),
        title: root.querySelector('title')?.textContent,
        outside: outside.map((element) => element.outerHTML.slice(0, 120)),
      };
    }, svg);
  } finally {
    await page.close();
  }
}

const hex = (css: string) =>
  `#${[...css.matchAll(/\d+/g)]
    .slice(0, 3)
    .map(([channel]) => Number(channel).toString(16).padStart(2, '0'))
    .join('')}`;

const STATES: Readonly<Record<string, readonly Action[]>> = {
  weights: [],
  contributions: [{ type: 'setPhase', phase: 'combine' }],
  'scores, masked': [
    { type: 'setKind', kind: 'decoder' },
    { type: 'setPhase', phase: 'query' },
  ],
  'aligned pieces': [
    { type: 'setUnit', unit: 'pieces' },
    { type: 'setAlignment', alignment: 'argmax' },
    { type: 'setSpecial', special: 'hide' },
  ],
  rollout: [{ type: 'setMatrix', matrix: 'rollout' }],
};

describe('the heatmap as a picture', () => {
  test.each(Object.entries(STATES))('%s: the panel’s own cells, names and colours', async (_, actions) => {
    const session = await opened(SOURCE, TARGET, 'dark', ...actions);
    const picture = await looked(await svgOf(session));
    const panel = await session.page.locator('#heatmap .cell').evaluateAll((cells) =>
      cells.map((cell) => ({
        name: cell.getAttribute('aria-label') ?? '',
        color: cell.classList.contains('masked') ? undefined : getComputedStyle(cell).backgroundColor,
      })),
    );
    expect(picture.cells.map(({ name }) => name)).toEqual(panel.map(({ name }) => name));
    picture.cells.forEach(({ fill }, i) => {
      if (panel[i].color) expect(fill).toBe(hex(panel[i].color));
    });
    const labels = await session.page
      .locator('#heatmap .col, #heatmap .rl')
      .evaluateAll((found) => found.map((label) => label.getAttribute('title') ?? ''));
    for (const label of labels) expect(picture.texts).toContain(label);
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('says what it shows, and where in the model', async () => {
    const session = await opened(SOURCE, TARGET, 'light', { type: 'setHead', head: 3, layer: 1 });
    const { title, texts } = await looked(await svgOf(session));
    expect(title).toBe('Weights · Cross-attention · Layer 2 · Head 4 · Match · en-zh');
    expect(texts).toContain('Cross-attention · Layer 2 · Head 4 · Match · en-zh');
    expect(texts).toEqual(expect.arrayContaining(['0', '1', 'weight', 'query ╲ key']));
    await session.close();
  });

  test('for print: light, whatever the window is', async () => {
    const [dark, light] = [await opened(), await opened(SOURCE, TARGET, 'light')];
    const svg = await svgOf(dark, 'print');
    expect(svg).toBe(await svgOf(light, 'print'));
    expect(svg).not.toBe(await svgOf(dark));
    expect(/<rect[^>]*fill="(#\w+)"/.exec(svg)?.[1]).toBe('#ffffff');
    await dark.close();
    await light.close();
  });
});

const PICTURES: Readonly<Record<string, readonly [string, string, ...Action[]]>> = {
  '12 words': [SOURCE, TARGET],
  '12 words, lines of all heads': [
    SOURCE,
    TARGET,
    { type: 'setPicture', picture: 'lines' },
    { type: 'setHead', head: 'mean' },
  ],
  '60 words': [LONG, LONG],
  '60 words, lines': [LONG, LONG, { type: 'setPicture', picture: 'lines' }],
  'markup, bidi, emoji': [HOSTILE, HOSTILE, { type: 'setUnit', unit: 'pieces' }],
  'markup, lines': [HOSTILE, HOSTILE, { type: 'setPicture', picture: 'lines' }],
  'one word': ['好', 'good'],
  'a word that is too long': [`see ${'Donaudampfschifffahrts'.repeat(6)}`, `看${'啊'.repeat(90)}`],
};

describe('a picture by itself', () => {
  test.each(Object.entries(PICTURES))(
    '%s: is XML, needs nothing, and nothing is cut',
    async (_, [source, target, ...actions]) => {
      const session = await opened(source, target, 'light', ...actions);
      for (const colors of ['seen', 'print'] as const) {
        const svg = await svgOf(session, colors);
        const { width, height, viewBox, elements, attributes, outside } = await looked(svg);
        expect(viewBox).toBe(`0 0 ${width} ${height}`);
        expect(elements.filter((name) => !['title', 'desc', 'rect', 'g', 'text', 'path'].includes(name))).toEqual([]);
        expect(attributes.filter((name) => /style|class|href|^on|^id$|filter|clip|mask/.test(name))).toEqual([]);
        expect(svg).not.toMatch(/var\(|url\(|color-mix|rgb\(/);
        expect(outside).toEqual([]);
      }
      expect(session.problems).toEqual([]);
      await session.close();
    },
  );

  test('a text that runs from right to left says so', async () => {
    const session = await opened(HOSTILE, TARGET);
    const { rtl, texts } = await looked(await svgOf(session));
    expect(rtl.map((text) => text.trim())).toEqual(['ירושלים', 'יפה']);
    expect(texts.join('')).toContain('😀');
    await session.close();
  });

  test('lines: one for each weight above the threshold, in the heads’ colours', async () => {
    const session = await opened(
      SOURCE,
      TARGET,
      'dark',
      { type: 'setPicture', picture: 'lines' },
      { type: 'setHead', head: 'mean' },
    );
    const svg = await svgOf(session);
    const threshold = Number(/lines below ([\d.]+) left out/.exec(svg)?.[1]);
    expect(threshold).toBeGreaterThan(0);
    const { headWeights } = await wholeViewOf(session.run, session.view);
    const strokes = [...svg.matchAll(/<path d="M0 [^"]*C[^>]*stroke="(#\w+)"/g)].map(([, color]) => color);
    expect(strokes).toHaveLength(headWeights!.filter((weight) => weight >= threshold).length);
    expect(new Set(strokes).size).toBe(6);
    await session.close();
  });
});

describe('pixels', () => {
  test.each([1, 2, 4])('a PNG at %i× has as many pixels, and the cells’ colours', async (scale) => {
    const session = await opened();
    const svg = await svgOf(session);
    const drawn = await session.draw({ as: 'png', colors: 'seen', scale, names: [] });
    if (drawn.as !== 'png') throw new Error(JSON.stringify(drawn));
    const { width, height } = await looked(svg);
    const cells = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)"[^>]*fill="(#\w+)"><title>/g)];
    const [, x, y] = /translate\((\d+) (\d+)\)"><g><rect/.exec(svg.replaceAll('\n', '')) ?? [];
    const at = cells
      .slice(0, 40)
      .map(([, left, top]) => [16 + Number(x) + Number(left) + 2, 16 + Number(y) + Number(top) + 2]);
    const pixels = await session.page.evaluate(
      async ({ base64, places, scale: factor }) => {
        const image = new Image();
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        image.src = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        const context = canvas.getContext('2d', { willReadFrequently: true })!;
        context.drawImage(image, 0, 0);
        const colors = places.map(([left, top]) =>
          [...context.getImageData(left * factor, top * factor, 1, 1).data].slice(0, 3),
        );
        return { width: image.width, height: image.height, colors };
      },
      { base64: Buffer.from(drawn.bytes).toString('base64'), places: at, scale },
    );
    expect([pixels.width, pixels.height]).toEqual([width * scale, height * scale]);
    const found = pixels.colors.map((color) => hex(color.join(' ')));
    expect(found).toEqual(cells.slice(0, 40).map(([, , , fill]) => fill));
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('what no canvas can hold is refused, and the clipboard says why it is closed', async () => {
    const session = await opened(`${LONG} ${LONG} ${LONG}`, `${LONG} ${LONG} ${LONG}`);
    const large = await session.draw({ as: 'png', colors: 'seen', scale: 8, names: [] });
    expect(large).toMatchObject({ as: 'failure', failure: 'large' });
    // The gallery's page is not secure, so it has no clipboard.
    const copied = await session.draw({ as: 'clipboard', colors: 'seen', scale: 1, names: [] });
    expect(copied).toMatchObject({ as: 'failure', failure: 'clipboard' });
    await session.close();
  });

  test('a panel that shows nothing yet says so', async () => {
    const session = await PanelSession.open(browser, { width: 700 });
    const drawn = await session.draw({ as: 'svg', colors: 'seen', scale: 1, names: [] });
    expect(drawn).toMatchObject({ as: 'failure', failure: 'empty' });
    await session.close();
  });

  test('the theme goes out as it is, as far as it is asked for', async () => {
    const session = await opened(SOURCE, TARGET, 'hc-light');
    const names = ['--vscode-editor-background', '--vscode-no-such-color'];
    const drawn = await session.draw({ as: 'theme', colors: 'seen', scale: 1, names });
    expect(drawn).toEqual({
      as: 'theme',
      theme: {
        bodyClass: 'vscode-high-contrast vscode-high-contrast-light',
        variables: { '--vscode-editor-background': '#ffffff' },
      },
    });
    await session.close();
  });
});

describe('the menu', () => {
  test('opens and is walked by keyboard, and asks the host', async () => {
    const session = await opened();
    const { page } = session;
    await page.getByRole('button', { name: 'Export' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await session.waitFor((message) => message.type === 'export');
    expect(session.received.filter(({ type }) => type === 'export')).toEqual([{ type: 'export', target: 'png' }]);
    expect(await page.getByRole('menu').count()).toBe(0);
    await session.close();
  });

  test.each(THEMES)('axe finds nothing serious in it, %s', async (theme) => {
    const session = await opened(SOURCE, TARGET, theme);
    await session.page.getByRole('button', { name: 'Export' }).click();
    expect(await seriousFindings(session.page, 'ax-menu.export')).toEqual([]);
    await session.close();
  });

  test.each([400, 700, 1200])('lies within a window of %i px', async (width) => {
    const session = await PanelSession.open(browser, { width, language: 'zh-cn' });
    await session.explore(SOURCE, TARGET);
    await session.page.locator('ax-menu.export button').click();
    const box = await session.page.getByRole('menu').boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    const wrapped = await session.page
      .getByRole('menuitem')
      .evaluateAll((items) =>
        items.filter((item) => item.scrollHeight > item.clientHeight + 1).map((item) => item.textContent),
      );
    expect(wrapped).toEqual([]);
    await session.close();
  });
});
