import type { RunSummary } from '../../src/contract/run.ts';
import type { AxisLabel, ExplorationView } from '../../src/contract/view.ts';
import { rowWeights } from '../../src/insight/attended-words.ts';
import { axisLabels } from '../../src/insight/axes.ts';
import { css, type Palette } from '../color/palette.ts';
import { isMasked } from '../what-if/what-if-edits.ts';

/** What a chip shows of its weight: nothing where it has none. */
export interface WeightedChip {
  readonly title: string | undefined;
  /** Share of the full tint, 0 … 1. */
  readonly tint: number | undefined;
}

interface ChipAppearance {
  readonly palette: Palette;
  /** All that is written on the chips. */
  readonly text: string;
  readonly elements: readonly HTMLElement[] | undefined;
}

/** Lines of so many chips scroll, and most of them are out of sight. */
const MANY = 100;
/** Shades of a chip: more are not told apart, and a long text has hundreds of weights near 0. */
const TINTS = 64;

/**
 * The weights on one line of chips: titles and tints, given by hand to those alone that have others than before. In a
 * line that scrolls only chips in sight are tinted, and the others when they come near: each that changes is styled and
 * painted anew, and there are hundreds at every step.
 */
export class ChipLine {
  private line: HTMLElement | undefined;
  private elements: readonly HTMLElement[] = [];
  private chips: readonly WeightedChip[] = [];
  private palette: Palette | undefined;
  private text = '';
  private titles: (string | undefined)[] = [];
  private tinted: (number | undefined)[] = [];
  private shades: readonly string[][] = [];
  /** Upper edges of the chips in the line, px; none while nobody has looked: then all are in sight. */
  private tops: readonly number[] = [];
  private height = 0;
  private scrolled = 0;

  /** @param look what the chips look like beside their weights; `elements` where they may be others than before */
  show(line: HTMLElement, chips: readonly WeightedChip[], look: ChipAppearance): void {
    if (line !== this.line) {
      this.line?.removeEventListener('scroll', this.onScroll);
      line.addEventListener('scroll', this.onScroll, { passive: true });
      this.line = line;
    }
    this.wear(look);
    this.chips = chips;
    for (const [i, { title }] of chips.entries()) {
      if (title !== undefined && title !== this.titles[i]) this.elements[i]?.setAttribute('title', title);
      this.titles[i] = title;
    }
    this.tint();
  }

  /** Looks where the chips stand, once the page is laid out. */
  measure(): void {
    const { line } = this;
    if (!line || this.elements.length < MANY) return;
    const { top } = line.getBoundingClientRect();
    this.scrolled = line.scrollTop;
    this.height = line.clientHeight;
    this.tops = this.elements.map((element) => element.getBoundingClientRect().top - top + this.scrolled);
    this.tint();
  }

  /** Whether chips of it may be out of sight, and nobody has looked yet. */
  get isUnmeasured(): boolean {
    return this.elements.length >= MANY && this.tops.length === 0;
  }

  /** Other elements, another text or another theme: nothing is known of them any more. */
  private wear(look: ChipAppearance): void {
    const elements = look.elements ?? this.elements;
    const same = elements.length === this.elements.length && elements.every((one, i) => one === this.elements[i]);
    if (same && look.palette === this.palette && look.text === this.text) return;
    const { palette } = look;
    Object.assign(this, { palette, elements, text: look.text, titles: [], tinted: [], tops: [] });
    this.shades = Array.from({ length: TINTS + 1 }, (_, i) => {
      const color = palette.sequential(i / TINTS);
      return [css(color), css(palette.ink(color))];
    });
  }

  private tint(): void {
    // Half as much above and below: a turn of the wheel finds them tinted.
    const [from, to] = [this.scrolled - this.height / 2, this.scrolled + 1.5 * this.height];
    for (const [i, element] of this.elements.entries()) {
      const top = this.tops[i];
      if (top !== undefined && (top < from || top > to)) continue;
      const { tint } = this.chips[i] ?? { tint: undefined };
      const shade = tint === undefined ? undefined : Math.round(tint * TINTS);
      if (i in this.tinted && this.tinted[i] === shade) continue;
      this.tinted[i] = shade;
      const [background = '', color = ''] = shade === undefined ? [] : (this.shades[shade] ?? []);
      element.style.backgroundColor = background;
      element.style.color = color;
    }
  }

  private readonly onScroll = () => {
    this.scrolled = this.line?.scrollTop ?? 0;
    this.tint();
  };
}

export interface Chip {
  readonly label: AxisLabel;
  /** Row of the heatmap that this token asks in, −1 when it asks in none. */
  readonly row: number;
  /** Column that it is asked in. */
  readonly col: number;
  /** Weight that the query gives it; undefined when it is not asked. */
  readonly weight: number | undefined;
  /** Nobody may look at it: what if. */
  readonly masked: boolean;
  readonly now: boolean;
  /** The token at the decoder's input while the query is made. */
  readonly read: boolean;
  /** Comes after the query. */
  readonly later: boolean;
}

/** The two lines of chips: what stands in the text, and what each token is to the query. */
export function pairLines(
  run: RunSummary,
  view: ExplorationView,
): { readonly source: Chip[]; readonly target: Chip[] } {
  const { kind, unit, special, query } = view.state;
  const sourceLabels = axisLabels(run.sourceTokens, run.source, unit, special);
  const targetLabels = axisLabels(run.targetTokens, run.target, unit, special);
  const rowOf = labelOfPiece(view.rows);
  const colOf = labelOfPiece(view.cols);
  const now = view.row < 0 ? undefined : view.rows[view.row];
  const weights = rowWeights(view, view.row);

  const chips = (labels: readonly AxisLabel[], side: 'source' | 'target'): Chip[] => {
    const asks = side === (kind === 'encoder' ? 'source' : 'target');
    const isAsked = side === (kind === 'decoder' ? 'target' : 'source');
    // Columns of the decoder are its inputs: one place later than the tokens that it predicts.
    const shift = kind === 'decoder' ? 1 : 0;
    return labels.map((label) => {
      const row = asks ? rowOf(label.from) : -1;
      const col = isAsked ? colOf(label.from + shift) : -1;
      const weight = col >= 0 ? weights?.[col] : undefined;
      const read = asks && kind !== 'encoder' && now !== undefined && now.from > 0;
      return {
        label,
        row,
        col,
        weight: weight === undefined || Number.isNaN(weight) ? undefined : weight,
        masked:
          isAsked &&
          view.whatIf !== undefined &&
          isMasked(view.state.whatIf, { from: label.from + shift, to: label.to + shift }),
        now: row >= 0 && row === view.row,
        read: read && now.from - 1 >= label.from && now.from - 1 < label.to,
        later: asks && kind !== 'encoder' && label.from > query,
      };
    });
  };
  return { source: chips(sourceLabels, 'source'), target: chips(targetLabels, 'target') };
}

/** @returns which label a piece belongs to, −1 for none */
function labelOfPiece(labels: readonly AxisLabel[]): (piece: number) => number {
  const places = new Int32Array(labels.reduce((most, { to }) => Math.max(most, to), 0)).fill(-1);
  for (const [i, { from, to }] of labels.entries()) places.fill(i, from, to);
  return (piece) => places[piece] ?? -1;
}
