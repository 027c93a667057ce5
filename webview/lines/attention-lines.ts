import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ExplorationView, WholeView } from '../../src/contract/view.ts';
import { act, type Cell, NO_CELL, raise } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { PaintedElement } from '../base/painted-element.ts';
import { theme } from '../color/theme.ts';
import { isMaskedByHand } from '../heatmap/cell-description.ts';
import { CellInteraction } from '../heatmap/cell-interaction.ts';
import { type Highlight, highlighted } from '../heatmap/highlight.ts';
import { pictureCaption, TITLE } from '../heatmap/legend.ts';
import { readerTable } from '../heatmap/reader-table.ts';
import {
  columnNames,
  isHeld,
  lineNote,
  MAX_HEIGHT,
  thresholdSlider,
  tokenColumn,
  tokenHeightOf,
} from './line-columns.ts';
import { isOfAllHeads, type Line, listGhosts, listLines, readableThreshold, unitOf } from './line-list.ts';
import { paintLines } from './line-painting.ts';
import { lineAppearance, swatches } from './line-style.ts';

/** With more lines than these, all but the query's step back. */
const FEW = 200;

interface Token {
  readonly side: 'row' | 'col';
  readonly index: number;
}

/** Queries on the left, keys on the right, a line for each weight: another picture of what the heatmap shows. */
@customElement('ax-lines')
export class AttentionLines extends PaintedElement {
  @property({ attribute: false }) view: WholeView | undefined;
  @property({ attribute: false }) lit: Highlight | undefined;
  @property({ attribute: false }) pointed: Cell = NO_CELL;
  /** Whether tokens can be masked and rows forced from here. */
  @property({ type: Boolean }) changeable = false;
  /** Part of the largest possible below which no line is drawn, 0 … 1; undefined: what leaves a picture that can be read. */
  @property({ attribute: false }) threshold: number | undefined;
  private readonly cells = new CellInteraction(this);
  /** All lines, made once for a view and its threshold. */
  private made: { readonly view: WholeView; readonly least: number; readonly lines: readonly Line[] } | undefined;

  protected override resized(): void {
    this.paint();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { view } = this;
    if (!view || !changed.has('view')) return;
    const last = changed.get('view') as ExplorationView | undefined;
    if (last?.runId !== view.runId || last.state.kind !== view.state.kind || last.row !== view.row)
      this.cells.reset(cellOf({ side: 'row', index: Math.max(0, view.row) }));
  }

  override render() {
    const { view } = this;
    if (!view) return nothing;
    const { rows, cols, state } = view;
    const least = this.least(view);
    const names = columnNames(state.kind);
    const marked = highlighted(view, this.lit);
    const numbers = this.numbers(view);
    const dim = state.special === 'dim';
    const isStrong = (number: number) => Math.abs(number) / unitOf(view) >= least;
    const common = { height: tokenHeightOf(view), dim, isStrong };
    const { row: rowStop, col: colStop } = this.cells.cursor;
    const shown = this.shown();
    const asked = {
      chosen: -1,
      stop: Math.max(0, colStop),
      highlighted: [...marked.cols, ...(shown?.side === 'col' ? [shown.index] : [])],
    };
    const asking = {
      chosen: view.row,
      stop: Math.max(0, rowStop),
      highlighted: [...marked.rows, ...(shown?.side === 'row' ? [shown.index] : [])],
    };
    const drawn = this.lines(view, undefined).length - (isOfAllHeads(view) ? view.alignment.length : 0);
    return html`<div class="head"><h2>${TITLE[view.of]()}</h2><span class="cap">${this.caption(view)}</span></div>
      <div class="lines-bar">
        ${view.map.headWeights && view.of === 'weight' ? swatches(view.overview.heads, state.head, (head) => act(this, { type: 'setHead', head })) : nothing}
        ${thresholdSlider(view, least, this.threshold !== undefined, (threshold) => this.setThreshold(threshold))}
      </div>
      <div class="lines-heads cap" aria-hidden="true"><span>${names.rows}</span><span>${names.cols}</span></div>
      <div class="lines-frame"><div class="lines-scroll" tabindex="-1" .style=${`max-height:${MAX_HEIGHT}px`} @keydown=${this.onKey} @focusin=${this.onFocus} @focusout=${this.onBlur}
        @pointerover=${this.onPointer} @pointerleave=${this.onLeave} @click=${this.onClick} @contextmenu=${this.onMenu} @scroll=${() => this.paint()}>
        <div class="lines-plane">
          ${tokenColumn({ side: 'row', name: names.rows, labels: rows, ...common, ...asking, struck: () => false, numbers: shown?.side === 'col' ? numbers : undefined })}
          <canvas aria-hidden="true"></canvas>
          ${tokenColumn({ side: 'col', name: names.cols, labels: cols, ...common, ...asked, struck: (col) => isMaskedByHand(view, { row: 0, col }), numbers: shown?.side === 'row' ? numbers : undefined })}
        </div>
      </div>${this.cells.menuTemplate(view)}</div>
      <p class="cap lines-note">${lineNote(view, drawn, least)}</p>
      <div class="map">${readerTable(view)}</div>`;
  }

  protected override updated(): void {
    this.paint();
  }

  /** The token whose lines alone are shown: under the pointer, else pointed at in the chips. */
  private shown(): Token | undefined {
    const { row, col } = this.cells.hovered ?? this.pointed;
    if (row >= 0) return { side: 'row', index: row };
    return col >= 0 ? { side: 'col', index: col } : undefined;
  }

  private least(view: WholeView): number {
    return this.threshold ?? readableThreshold(view);
  }

  /** @param shown the token whose lines alone are wanted: weaker ones, too; undefined for all */
  private lines(view: WholeView, shown: Token | undefined): readonly Line[] {
    const least = this.least(view);
    if (shown) return listLines(view, Math.min(least, 0.01), { [shown.side]: shown.index });
    if (this.made?.view !== view || this.made.least !== least)
      this.made = { view, least, lines: listLines(view, least) };
    return this.made.lines;
  }

  private caption(view: WholeView): string {
    const caption = pictureCaption(view);
    return isOfAllHeads(view) ? t('{0}, each head in its colour; numbers are the mean', caption) : caption;
  }

  /** What the token that is pointed at gives the tokens of the other column, or is given: the strongest of each. */
  private numbers(view: WholeView): Map<number, number> | undefined {
    const shown = this.shown();
    if (!shown) return undefined;
    const found = new Map<number, number>();
    for (const { row, col } of this.lines(view, shown)) {
      // Of several heads it is their mean that is said: what the heatmap says as well.
      found.set(shown.side === 'row' ? col : row, view.map.values[row * view.cols.length + col]!);
    }
    return found;
  }

  private paint(): void {
    const { view } = this;
    const canvas = this.querySelector('canvas');
    const scroll = this.querySelector<HTMLElement>('.lines-scroll');
    if (!view || !canvas || !scroll) return;
    const tokenHeight = tokenHeightOf(view);
    const height = Math.min(MAX_HEIGHT, Math.max(view.rows.length, view.cols.length) * tokenHeight);
    canvas.style.height = `${height}px`;
    const above = (tokens: readonly unknown[]) => (isHeld(tokens.length * tokenHeight) ? 0 : scroll.scrollTop);
    const place = {
      width: canvas.clientWidth,
      height,
      tokenHeight,
      rowsAbove: above(view.rows),
      colsAbove: above(view.cols),
      ratio: Math.min(2, window.devicePixelRatio || 1),
    };
    const look = { palette: theme.palette, ...theme.colors };
    const shown = this.shown();
    const lines = this.lines(view, shown);
    const isBack = (line: Line) =>
      !shown && lines.length > FEW && view.row >= 0 && line.row !== view.row && !line.linked;
    // The query's lines lie on top of the others, which step back where there are many.
    const ghosts = listGhosts(view, this.least(view), shown && { [shown.side]: shown.index });
    const ordered = [...ghosts, ...lines.filter(isBack), ...lines.filter((line) => !isBack(line))];
    paintLines(canvas, ordered, place, (line) => ({
      ...lineAppearance(view, line, look),
      opacity: line.ghost ? 0.5 : isBack(line) ? 0.45 : 1,
    }));
  }

  private tokenOf(event: Event): Token | undefined {
    const element = (event.target as HTMLElement).closest<HTMLElement>('.token');
    if (!element) return undefined;
    return { side: element.dataset.side === 'col' ? 'col' : 'row', index: Number(element.dataset.index) };
  }

  private show(token: Token | undefined): void {
    this.cells.point(token && cellOf(token));
  }

  private readonly onPointer = (event: Event) => this.show(this.tokenOf(event));
  private readonly onLeave = () => this.show(undefined);
  private readonly onBlur = () => this.show(undefined);

  private readonly onFocus = (event: FocusEvent) => {
    const token = this.tokenOf(event);
    if (!token) return;
    this.cells.place(cellOf(token));
    if ((event.target as HTMLElement).matches(':focus-visible')) this.show(token);
  };

  private readonly onClick = (event: Event) => this.choose(this.tokenOf(event));

  private choose(token: Token | undefined): void {
    const label = token?.side === 'row' ? this.view?.rows[token.index] : undefined;
    if (label) act(this, { type: 'setQuery', query: label.from });
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const token = this.tokenOf(event);
    const { view } = this;
    if (!token || !view || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = (side: Token['side']) => (side === 'row' ? view.rows : view.cols).length;
    const to = (side: Token['side'], index: number) => {
      const at = Math.max(0, Math.min(count(side) - 1, index));
      this.querySelector<HTMLElement>(`.token[data-side=${side}][data-index="${at}"]`)?.focus();
    };
    const moves: Record<string, () => void> = {
      ArrowDown: () => to(token.side, token.index + 1),
      ArrowUp: () => to(token.side, token.index - 1),
      ArrowRight: () => to('col', this.strongest('row', token)),
      ArrowLeft: () => to('row', this.strongest('col', token)),
      Home: () => to(token.side, 0),
      End: () => to(token.side, count(token.side) - 1),
      Enter: () => this.choose(token),
    };
    const move = moves[event.key];
    if (move) move();
    else if (token.side !== 'col' || !this.cells.pressChange(event.key, view.row, token.index)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly onMenu = (event: MouseEvent) => {
    const token = this.tokenOf(event);
    const { view } = this;
    if (!this.changeable || !view || token?.side !== 'col') return;
    event.preventDefault();
    const plane = this.querySelector('.lines-frame')!.getBoundingClientRect();
    const box = (event.target as HTMLElement).closest('.token')!.getBoundingClientRect();
    const [right, bottom] = [box.right - plane.left, box.bottom - plane.top];
    this.cells.openMenu(view.row < 0 ? undefined : view.row, token.index, right, bottom, right);
  };

  /** Across, the keyboard goes along the strongest line. */
  private strongest(from: Token['side'], token: Token): number {
    if (token.side !== from || !this.view) return token.index;
    const lines = listLines(this.view, 0, { [from]: token.index });
    const line = lines.at(-1);
    return line ? (from === 'row' ? line.col : line.row) : token.index;
  }

  private setThreshold(threshold: number | undefined): void {
    raise(this, 'ax-threshold', threshold);
  }
}

const cellOf = ({ side, index }: Token): Cell => (side === 'row' ? { row: index, col: -1 } : { row: -1, col: index });
