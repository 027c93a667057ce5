import { html, type TemplateResult } from 'lit';
import { t } from '../base/l10n.ts';

/** How a vector is drawn. */
interface StripOptions {
  /** Pixels for one number and height of the whole. */
  readonly unit: number;
  readonly height: number;
  /** Magnitude that fills half the height; one for a whole table, so that strips can be compared. */
  readonly scale: number;
  /** Drawn behind in grey, on the same scale: the value before it was weighted. */
  readonly ghost?: Float32Array;
}

/** What is to be drawn in the place of a strip. */
interface StripBars extends StripOptions {
  readonly values: Float32Array;
}

/** The place of a strip in the page. */
interface StripElement extends HTMLElement {
  bars?: StripBars;
}

/**
 * A vector as one bar a number: blue up, orange down, around a zero line. Only its place and its name stand here: what
 * is seen is drawn by draw-strips.ts, for many at once.
 */
export function strip(values: Float32Array, options: StripOptions): TemplateResult {
  const bars: StripBars = { ...options, values };
  return html`<span class="strip" role="img" aria-label=${t('{0} numbers', values.length)}
    .style=${`width:${widthOf(bars)}px;height:${options.height}px`} .bars=${bars}></span>`;
}

/** The bars of one sign, as the data of a path. @param top px down from where the drawing begins */
function barsPath(of: Float32Array, { unit, height, scale }: StripBars, top: number, sign: 1 | -1): string {
  const middle = height / 2;
  const [width, zero] = [unit - gapOf(unit), round(top + middle)];
  let path = '';
  for (let i = 0; i < of.length; i++) {
    const value = of[i]! * sign;
    if (!(value > 0)) continue;
    const bar = Math.min(middle - 1, (value / (scale || 1)) * (middle - 1));
    path += `M${i * unit} ${zero}h${width}v${round(-sign * bar)}h${-width}z`;
  }
  return path;
}

/** The line around which the bars stand. */
const zeroPath = (bars: StripBars, top: number): string => `M0 ${round(top + bars.height / 2)}h${widthOf(bars)}`;

/** Between two bars, where they are wide enough, px. */
const gapOf = (unit: number): number => (unit >= 3 ? 1 : 0);
const widthOf = ({ values, unit }: StripBars): number => Math.max(1, values.length * unit - gapOf(unit));
const round = (x: number): number => Math.round(x * 100) / 100;

/** Strips in one drawing: enough for few drawings, few enough for those out of sight to be left out. */
const TOGETHER = 20;
/** In the order in which they lie on each other. */
const PARTS = ['zero', 'ghost', 'p', 'n'] as const;

/** Where a strip was found: below which other one, the first of its drawing, and by how much, px. */
interface Place {
  readonly head: StripElement;
  readonly top: number;
}

const places = new WeakMap<StripElement, Place>();

/**
 * Looks where the strips below `root` stand, for which the page is laid out.
 * @returns whether any stands elsewhere than it stood
 */
export function layoutStrips(root: ParentNode): boolean {
  let moved = false;
  let first: { readonly strip: StripElement; readonly box: DOMRect; readonly table: Element | null } | undefined;
  let count = 0;
  for (const strip of root.querySelectorAll<StripElement>('.strip')) {
    const box = strip.getBoundingClientRect();
    const table = strip.closest('table');
    if (!first || !table || table !== first.table || box.left !== first.box.left || count === TOGETHER) {
      first = { strip, box, table };
      count = 0;
    }
    count++;
    const place: Place = { head: first.strip, top: onPixels(box.top) - onPixels(first.box.top) };
    const last = places.get(strip);
    if (last?.head === place.head && last.top === place.top) continue;
    places.set(strip, place);
    moved = true;
  }
  return moved;
}

/** Where the browser puts a drawing that stands between two pixels of the screen: bars stay as sharp as on their own. */
function onPixels(length: number): number {
  const ratio = window.devicePixelRatio || 1;
  return Math.round(length * ratio) / ratio;
}

/**
 * Draws the strips below `root`, those of one column of a table in one drawing that stands in the place of the first of
 * them: as drawings of their own, four elements each, dozens of them are styled, laid out and painted one by one.
 * @returns false, and draws nothing, when placeStrips has not seen one of them yet
 */
export function drawStrips(root: ParentNode): boolean {
  const columns = new Map<StripElement, StripElement[]>();
  for (const strip of root.querySelectorAll<StripElement>('.strip')) {
    const place = places.get(strip);
    if (!place) return false;
    const column = columns.get(place.head);
    if (column) column.push(strip);
    else columns.set(place.head, [strip]);
  }
  for (const column of columns.values()) drawColumn(column);
  return true;
}

function drawColumn(column: readonly StripElement[]): void {
  const paths = { zero: '', ghost: '', p: '', n: '' };
  for (const strip of column) {
    const { head, top } = places.get(strip)!;
    if (head !== strip) strip.firstElementChild?.remove();
    const bars: StripBars | undefined = strip.bars;
    if (!bars) continue;
    paths.zero += zeroPath(bars, top);
    if (bars.ghost) paths.ghost += barsPath(bars.ghost, bars, top, 1) + barsPath(bars.ghost, bars, top, -1);
    paths.p += barsPath(bars.values, bars, top, 1);
    paths.n += barsPath(bars.values, bars, top, -1);
  }
  const drawing = drawingIn(column[0]!);
  for (const [i, part] of PARTS.entries()) drawing.children[i]!.setAttribute('d', paths[part]);
}

/** Nothing else is ever put into a strip. */
function drawingIn(strip: StripElement): Element {
  const known = strip.firstElementChild;
  if (known) return known;
  const make = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name);
  const drawing = make('svg');
  drawing.setAttribute('aria-hidden', 'true');
  for (const part of PARTS) {
    const path = make('path');
    path.setAttribute('class', part);
    drawing.append(path);
  }
  strip.append(drawing);
  return drawing;
}

/** Row `index` of a flat [rows · width] array, without copying. */
export function rowOf(flat: Float32Array, index: number, width: number): Float32Array {
  return flat.subarray(index * width, (index + 1) * width);
}

/** The same row times a number: weight × value of a key. */
export function weightedRow(flat: Float32Array, index: number, width: number, weight: number): Float32Array {
  return rowOf(flat, index, width).map((value) => value * weight);
}

/** Greatest magnitude, at least a hair above 0 so that it can be divided by. */
export function reach(...vectors: readonly Float32Array[]): number {
  let most = 1e-12;
  for (const vector of vectors) for (const x of vector) most = Math.max(most, Math.abs(x));
  return most;
}

/** Euclidean length. */
export function lengthOf(vector: Float32Array): number {
  let sum = 0;
  for (const x of vector) sum += x * x;
  return Math.sqrt(sum);
}

/**
 * Pixels for one number of a strip: whole ones while they fit, so that bars are sharp, else a fraction, so that
 * nothing is cut off.
 * @param space pixels for the strip    @param most widest bar
 */
export function unitFor(space: number, count: number, most: number): number {
  const unit = Math.max(1, space) / Math.max(1, count);
  return unit >= 1 ? Math.min(most, Math.floor(unit)) : unit;
}
