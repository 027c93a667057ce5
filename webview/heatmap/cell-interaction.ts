import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { ExplorationView } from '../../src/contract/view.ts';
import { act, type Cell, hover, NO_CELL, raise } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { forceActions, maskAction, whatIfItems } from '../what-if/what-if-edits.ts';

/** Most that the menu of a cell is wide, px. */
const MENU_WIDTH = 280;
/** Cells, or blocks of them, that a page is. */
const PAGE = 10;

/** A picture of the matrix whose cells are pointed at, walked through and changed. */
interface CellHost extends ReactiveControllerHost, HTMLElement {
  readonly view: ExplorationView | undefined;
  /** Cell pointed at from elsewhere. */
  readonly pointed: Cell;
  /** Whether tokens can be masked and rows forced from here. */
  readonly changeable: boolean;
}

/** The menu of a cell, or of a key alone. */
interface CellMenu {
  readonly row: number | undefined;
  readonly col: number;
  readonly place: { readonly left: number; readonly top: number };
}

/**
 * What pointer and keyboard do with the cells of heatmap, tiled heatmap and lines. Of the lines, whose tokens stand for
 * a row or a column, the other index of a cell is −1.
 */
export class CellInteraction implements ReactiveController {
  hovered: Cell | undefined;
  /** Where the keyboard is; kept while the view changes, as far as it reaches. */
  cursor: Cell = { row: 0, col: 0 };
  /** Whether the keyboard is here, and seen to be. */
  focused = false;
  menu: CellMenu | undefined;

  constructor(private readonly host: CellHost) {
    host.addController(this);
  }

  /** Cells that the view no longer has are let go. */
  hostUpdate(): void {
    const { view } = this.host;
    if (!view) return;
    const { hovered, menu, cursor } = this;
    const [rows, cols] = [view.rows.length, view.cols.length];
    if (hovered && (hovered.row >= rows || hovered.col >= cols)) this.hovered = undefined;
    if (menu && (menu.col >= cols || (menu.row ?? 0) >= rows)) this.menu = undefined;
    const inside = (at: number, count: number) => (at < count ? at : Math.max(0, count - 1));
    this.cursor = { row: inside(cursor.row, rows), col: inside(cursor.col, cols) };
  }

  /** The cell that is told of: under the pointer, under the keyboard, or pointed at elsewhere. */
  get shown(): Cell | undefined {
    if (this.hovered) return this.hovered;
    if (this.focused) return this.cursor;
    const { view, pointed } = this.host;
    const row = pointed.row >= 0 ? pointed.row : (view?.row ?? -1);
    return pointed.col >= 0 && row >= 0 ? { row, col: pointed.col } : undefined;
  }

  /** Another matrix: nothing is pointed at. */
  reset(cursor: Cell): void {
    this.set({ hovered: undefined, menu: undefined, cursor });
  }

  /** @param cell under the pointer; undefined for none */
  point(cell: Cell | undefined): void {
    if (isSame(cell, this.hovered)) return;
    this.set({ hovered: cell });
    this.tell(cell);
  }

  leave(): void {
    this.set({ hovered: undefined });
    this.tell(undefined);
  }

  /** @param visible whether the keyboard is seen to be there */
  focus(visible: boolean, cell: Cell = this.cursor): void {
    this.set({ focused: visible, cursor: cell });
    if (visible) this.tell(cell);
  }

  blur(): void {
    this.set({ focused: false });
    this.tell(undefined);
  }

  /** The keyboard goes to a cell: the pointer counts again when it moves. */
  moveTo(cell: Cell): void {
    this.set({ hovered: undefined, cursor: cell });
  }

  /** The keyboard will go on from here. */
  place(cell: Cell): void {
    this.set({ cursor: cell });
  }

  /** Makes a row the query, unless it is. */
  choose(row: number): void {
    const { view } = this.host;
    const label = view?.rows[row];
    if (label && row !== view.row) act(this.host, { type: 'setQuery', query: label.from });
  }

  /** @returns whether the key means something for the cell under the keyboard */
  press(key: string): boolean {
    const { row, col } = this.cursor;
    if (key === 'Enter') {
      // First the row that the keyboard is on becomes the query; from there on Enter steps.
      if (row !== this.host.view?.row) this.choose(row);
      else act(this.host, { type: 'nextPhase' });
    } else if (key === 'Escape') {
      this.set({ hovered: undefined });
      raise(this.host, 'ax-leave', undefined);
    } else return this.pressChange(key, row, col);
    return true;
  }

  /** M masks a key, F puts the weight of a row onto it. @returns whether the key is one of them */
  pressChange(key: string, row: number, col: number): boolean {
    const { view, changeable } = this.host;
    if (!view || !changeable || !/^[mf]$/i.test(key)) return false;
    if (key.toLowerCase() === 'm') act(this.host, maskAction(view, col));
    else if (row >= 0) for (const action of forceActions(view, row, col)) act(this.host, action);
    return true;
  }

  /** @param row undefined for a key alone    @param left px, as are the others: no further than leaves the menu its room in `width` */
  openMenu(row: number | undefined, col: number, left: number, top: number, width: number): void {
    this.set({ menu: { row, col, place: { left: Math.max(0, Math.min(left, width - MENU_WIDTH)), top } } });
  }

  closeMenu(): void {
    this.set({ menu: undefined });
  }

  /** What can be tried out, while it is asked. */
  menuTemplate(view: ExplorationView) {
    const { menu } = this;
    if (!menu) return nothing;
    return html`<ax-menu .name=${t('What if')} .place=${menu.place} @ax-closed=${() => this.closeMenu()}
      .groups=${whatIfItems(view, menu.row, menu.col, (action) => act(this.host, action))}></ax-menu>`;
  }

  /** Where nothing is pointed at, the keyboard counts. */
  private tell(cell: Cell | undefined): void {
    const { row, col } = cell ?? (this.focused ? this.cursor : NO_CELL);
    hover(this.host, row, col);
  }

  private set(change: Partial<Pick<CellInteraction, 'hovered' | 'cursor' | 'focused' | 'menu'>>): void {
    const names = Object.keys(change) as (keyof typeof change)[];
    if (names.every((name) => this[name] === change[name])) return;
    Object.assign(this, change);
    this.host.requestUpdate();
  }
}

const isSame = (one: Cell | undefined, other: Cell | undefined): boolean =>
  one?.row === other?.row && one?.col === other?.col;

/**
 * Where a key leads from a cell; undefined for a key that does not walk. Ctrl+Home and Ctrl+End lead to the corners.
 * @param block cells that a step is, down and along
 */
export function walk(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { row, col }: Cell,
  { rows, cols }: { readonly rows: number; readonly cols: number },
  [down, along]: readonly [number, number] = [1, 1],
): Cell | undefined {
  const isFar = ctrlKey || metaKey;
  const step = (at: number, by: number, size: number, count: number) =>
    Math.max(0, Math.min(Math.floor((count - 1) / size), Math.floor(at / size) + by)) * size;
  const moves: Record<string, Cell> = {
    ArrowUp: { row: step(row, -1, down, rows), col },
    ArrowDown: { row: step(row, 1, down, rows), col },
    ArrowLeft: { row, col: step(col, -1, along, cols) },
    ArrowRight: { row, col: step(col, 1, along, cols) },
    PageUp: { row: step(row, -PAGE, down, rows), col },
    PageDown: { row: step(row, PAGE, down, rows), col },
    Home: { row: isFar ? 0 : row, col: 0 },
    End: { row: isFar ? rows - 1 : row, col: cols - 1 },
  };
  return moves[key];
}

/** Index of the greatest weight; NaN counts as none. */
export function strongest(weights: Float32Array | undefined): number {
  let best = 0;
  if (weights) for (let i = 1; i < weights.length; i++) if ((weights[i] || 0) > (weights[best] || 0)) best = i;
  return best;
}
