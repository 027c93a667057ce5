import { css, type Palette } from '../color/palette.ts';

/** What a chip shows of its weight: nothing where it has none. */
export interface WeightedChip {
  readonly title: string | undefined;
  /** Share of the full tint, 0 … 1. */
  readonly tint: number | undefined;
}

export interface ChipLook {
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
  show(line: HTMLElement, chips: readonly WeightedChip[], look: ChipLook): void {
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
  private wear(look: ChipLook): void {
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
