import { barsPath, type StripBars, type StripElement, zeroPath } from './vector-strips.ts';

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
export function placeStrips(root: ParentNode): boolean {
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
