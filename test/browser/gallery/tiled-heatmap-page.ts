import '../../../webview/color/theme.css';
import '../../../webview/controls/controls.css';
import '../../../webview/panel/panel.css';
import '../../../webview/heatmap/heatmap.css';
import '../../../webview/tiles/tiled-heatmap.css';
import '../../../webview/terms/term-tip.css';
import '../../../webview/controls/menu.ts';
import type { Tile, TiledInfo, TilePlace } from '../../../src/contract/tiles.ts';
import type { AxisLabel, TiledView } from '../../../src/contract/view.ts';
import { setLanguage } from '../../../webview/base/l10n.ts';
import { TiledHeatmap } from '../../../webview/tiles/tiled-heatmap.ts';
import { SyntheticAtlas } from './synthetic-tiles.ts';
import { BODY_CLASS, type ThemeName, VARIABLES } from './themes.ts';

/** How tiles come: at once, or when they are let go; whole, or first by half. */
interface Options {
  readonly rows: number;
  readonly cols: number;
  readonly causal?: boolean;
  readonly held?: boolean;
}

/** Runs in the page: <ax-atlas> alone, its tiles made here. */
declare global {
  interface Window {
    showAtlas(options: Options): Promise<void>;
    /** Waits until all that has happened is painted, however many frames that takes. */
    rest(): Promise<void>;
    /** Lets go of the tiles asked for last. @param done below 1: only that part of their rows */
    release(done?: number): Promise<number>;
    setTheme(name: ThemeName): void;
    setWords(language: string, strings: Record<string, string>): void;
    atlas: TiledHeatmap;
    /** What was asked for, and how far in the picture was then. */
    asked: TilePlace[][];
    sights: NonNullable<TiledHeatmap['held']>[];
    actions: unknown[];
    hovers: unknown[];
    left: number;
    valueOf(row: number, col: number): number;
    bodyPixel(row: number, col: number): number[];
    patch(view: Partial<TiledView>): Promise<void>;
  }
}

const WORDS = [
  'the',
  'river',
  '河流',
  'bends',
  'שלום',
  'slowly',
  '🌊',
  'Donaudampfschifffahrtsgesellschaft',
  'مرحبا',
  'and',
  'on',
  'to',
  'sea',
  '的',
  '.',
];

const labels = (count: number): AxisLabel[] =>
  Array.from({ length: count }, (_, i) => ({
    text: i === count - 1 ? '</s>' : WORDS[(i * 7 + (i >> 4)) % WORDS.length]!,
    ...{ from: i, to: i + 1, start: i, end: i + 1, special: i === count - 1 },
  }));

let source: SyntheticAtlas;
let held = false;
let last: readonly TilePlace[] = [];
window.asked = [];
window.sights = [];
window.actions = [];
window.hovers = [];
window.left = 0;

window.setTheme = (name) => {
  document.body.className = BODY_CLASS[name];
  for (const [key, value] of Object.entries(VARIABLES[name]))
    document.documentElement.style.setProperty(`--vscode-${key}`, value);
};

window.setTheme((new URLSearchParams(location.search).get('theme') as ThemeName | null) ?? 'dark');
window.setWords = (language, strings) => {
  setLanguage(language, strings);
  window.atlas?.requestUpdate();
};

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

window.rest = async () => {
  // Input reaches the page with a frame, and asks for the next one.
  await frame();
  do await frame();
  while (window.atlas.held?.painting);
};

window.showAtlas = async ({ rows, cols, causal = false, held: hold = false }) => {
  source = new SyntheticAtlas(rows, cols, causal);
  held = hold;
  const top = Math.max(0, Math.ceil(Math.log2(Math.max(rows, cols, 1) / 256)));
  const info: TiledInfo = { id: `${rows} ${cols} ${causal}`, of: 'weight', rows, cols, top };
  const row = Math.min(rows - 1, Math.floor(rows * 0.4));
  const state = {
    kind: 'cross',
    layer: 2,
    head: 4,
    phase: 'match',
    unit: 'piece',
    special: 'dim',
    alignment: 'off',
    matrix: 'attention',
    picture: 'heatmap',
    query: row,
  };
  const map = { kind: 'tiled', info, rowWeights: new Float32Array(0) };
  const view = { runId: 'one', state, map, of: 'weight', rows: labels(rows), cols: labels(cols), row, alignment: [] };
  const element = window.atlas?.isConnected ? window.atlas : new TiledHeatmap();
  window.atlas = element;
  element.view = view as unknown as TiledView;
  if (!element.isConnected) document.querySelector('.in')!.append(element);
  await element.updateComplete;
  await window.rest();
};

window.patch = async (view) => {
  window.atlas.view = { ...window.atlas.view!, ...view };
  await window.atlas.updateComplete;
  await window.rest();
};

const give = (places: readonly TilePlace[], done = 1) => {
  const id = window.atlas.view!.map.info.id;
  for (const place of places) window.atlas.take({ ...source.tile(place, done), id } satisfies Tile);
};

window.release = async (done) => {
  give(last, done);
  await window.rest();
  return last.length;
};

window.valueOf = (row, col) => source.value(row, col);
/** Colour of the middle of a cell on the canvas. */
window.bodyPixel = (row, col) => {
  const { axes, room } = window.atlas.held!;
  const canvas = window.atlas.querySelector('canvas')!;
  const ratio = canvas.width / room.width;
  const x = (room.labelWidth + (col + 0.5 - axes.cols.from) * axes.cols.scale) * ratio;
  const y = (room.headHeight + (row + 0.5 - axes.rows.from) * axes.rows.scale) * ratio;
  return [...canvas.getContext('2d')!.getImageData(Math.floor(x), Math.floor(y), 1, 1).data];
};

document.body.insertAdjacentHTML(
  'beforeend',
  '<main class="panel"><h1 class="sr">Atlas</h1><section class="sec" aria-label="Heatmap"><div class="in"></div></section></main>',
);

document.body.addEventListener('ax-tiles', (event) => {
  last = event.detail.places;
  window.asked.push([...last]);
  window.sights.push(window.atlas.held!);
  if (!held) give(last);
});

document.body.addEventListener('ax-action', (event) => window.actions.push(event.detail));
document.body.addEventListener('ax-hover', (event) => window.hovers.push(event.detail));
document.body.addEventListener('ax-leave', () => window.left++);
