import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { RunSummary } from '../../src/contract/run.ts';
import type { WholeView } from '../../src/contract/view.ts';
import { act, hover, NO_CELL } from '../base/events.ts';
import { fill, t } from '../base/l10n.ts';
import { PaintedElement } from '../base/painted-element.ts';
import { theme } from '../color/theme.ts';
import { term } from '../controls/term.ts';
import type { Highlight } from '../heatmap/highlight.ts';
import { weightMax } from '../heatmap/value-scale.ts';
import { type Chip, ChipLine, pairLines, type WeightedChip } from './chip-line.ts';

const SIDES = ['source', 'target'] as const;
/** UTF-16 units that are never too wide for a chip. */
const SHORT = 12;

/** The pair as token chips: the line that asks can be clicked, the line that is asked is tinted by weight. */
@customElement('ax-pair')
export class PairChips extends PaintedElement {
  @property({ attribute: false }) view: WholeView | undefined;
  @property({ attribute: false }) run: RunSummary | undefined;
  @property({ attribute: false }) lit: Highlight | undefined;
  /** Cell under the pointer in the heatmap. */
  @property({ attribute: false }) hovered = NO_CELL;
  /** The weights on the two lines, the chips that have them, and whether these were drawn anew. */
  private readonly lines = { source: new ChipLine(), target: new ChipLine() };
  private chips: { readonly source: readonly Chip[]; readonly target: readonly Chip[] } = { source: [], target: [] };
  private readonly drawn = { source: true, target: true };
  private asked = 0;

  /** In another width chips stand elsewhere. */
  protected override resized(): void {
    for (const side of SIDES) this.lines[side].measure();
  }

  /** Puts the keyboard back on the query. */
  focusQuery(): void {
    (this.querySelector<HTMLElement>('.chip.now') ?? this.querySelector<HTMLElement>('button.chip'))?.focus();
  }

  override render() {
    const { view, run } = this;
    if (!view || !run) return nothing;
    const lines = pairLines(run, view);
    this.chips = lines;
    const names = languages(run);
    return html`<section class="sec pair" aria-label=${t('The pair')}><div class="in">
      <span class="lang">${names.source}</span>${this.line(lines.source, 'source')}
      <span class="lang">${names.target}</span>${this.line(lines.target, 'target')}
      <div class="cap note">${this.note(lines)} ${run.generated ? fill(t('The model wrote the target ({0}).'), [term('beam', t('beam search'))]) : nothing}</div>
    </div></section>`;
  }

  protected override updated(changed: PropertyValues): void {
    const { view } = this;
    if (!view) return;
    const most = weightMax(view.map.weights);
    for (const side of SIDES) {
      const line = this.querySelector<HTMLElement>(`.chips[data-side=${side}]`);
      if (!line || !(this.drawn[side] || changed.has('view') || changed.has('themeCount'))) continue;
      const shown = this.chips[side].map((chip) => weighted(chip, most));
      const elements = this.drawn[side] ? [...line.querySelectorAll<HTMLElement>('.chip')] : undefined;
      this.lines[side].show(line, shown, {
        palette: theme.palette,
        text: this.chips[side].map(({ label }) => label.text).join('\n'),
        elements,
      });
      this.drawn[side] = false;
    }
    if (!this.asked && SIDES.some((side) => this.lines[side].isUnmeasured))
      this.asked = requestAnimationFrame(() => {
        this.asked = 0;
        this.resized();
      });
  }

  private line(chips: readonly Chip[], side: 'source' | 'target') {
    const asks = chips.some((chip) => chip.row >= 0);
    const tinted = chips.some((chip) => chip.weight !== undefined);
    const name = side === 'source' ? t('Source') : t('Target');
    const content = this.unlessSame(chips, () => {
      this.drawn[side] = true;
      return chips.map((chip) => this.chip(chip, side, asks));
    });
    return asks
      ? html`<div class="chips ${tinted ? 'tinted' : ''}" dir="auto" role="listbox" aria-orientation="horizontal" data-side=${side}
          aria-label=${t('Query, {0}', name)} @keydown=${this.onKey}>${content}</div>`
      : html`<div class="chips ${tinted ? 'tinted' : ''}" dir="auto" role="list" tabindex=${chips.length > 100 ? 0 : nothing}
          data-side=${side} aria-label=${name}>${content}</div>`;
  }

  /** But for their weights, chips are the same for another head or phase, and many. */
  private unlessSame(chips: readonly Chip[], draw: () => unknown) {
    const { view, run, lit, hovered } = this;
    const { rows, cols, row, state } = view!;
    const { query, kind, whatIf } = state;
    const seen = [run, rows, cols, row, query, kind, whatIf, lit, hovered.row, hovered.col];
    // Whether there is a weight follows from these, too, but for what a mask may do in one head alone.
    return guard([...seen, chips.map(({ weight }) => (weight === undefined ? 0 : 1)).join('')], draw);
  }

  private chip(chip: Chip, side: 'source' | 'target', asks: boolean) {
    const { label, weight } = chip;
    const pieces = this.lit?.side === side ? this.lit.pieces : [];
    const isLit =
      pieces.some((piece) => piece >= label.from && piece < label.to) ||
      (chip.col >= 0 && chip.col === this.hovered.col) ||
      (chip.row >= 0 && chip.row === this.hovered.row);
    const states = [
      chip.now && 'now',
      chip.read && 'read',
      chip.later && weight === undefined && 'later',
      label.special && !asks && 'end',
      !asks && weight === undefined && 'still',
      isLit && 'hov',
      chip.masked && 'struck',
      label.text.length > SHORT && 'long',
    ];
    const className = `chip ${states.filter(Boolean).join(' ')}`;
    // One with a weight says it: given by its line.
    const title = weightedTitle(chip) ? nothing : titleOf(chip);
    const point = () => hover(this, chip.row, chip.col);
    const leave = () => hover(this, -1, -1);
    return asks
      ? html`<button type="button" class=${className} role="option" aria-selected=${chip.now} tabindex=${chip.now ? 0 : -1}
          title=${title} data-row=${chip.row} @click=${() => this.choose(chip)}
          @pointerenter=${point} @pointerleave=${leave}>${label.text}</button>`
      : html`<span class=${className} role="listitem" title=${title} @pointerenter=${point}
          @pointerleave=${leave}>${label.text}</span>`;
  }

  private note(lines: { readonly source: readonly Chip[]; readonly target: readonly Chip[] }) {
    const { kind } = this.view!.state;
    const all = [...lines.source, ...lines.target];
    const now = all.find((chip) => chip.now);
    if (!now) return t('The query is a special token, which is left out.');
    const read = all.find((chip) => chip.read);
    const tint = kind === 'decoder' ? t('Target tint = weight.') : t('Source tint = weight.');
    const token = html`<b><bdi>${now.label.text}</bdi></b>`;
    if (kind === 'encoder') return html`${fill(t('Query of {0}.'), [token])} ${tint}`;
    return read
      ? html`${fill(t('Query of {0}: made while reading {1}.'), [token, html`<b><bdi>${read.label.text}</bdi></b>`])} ${tint}`
      : html`${fill(t('Query of {0}: made while reading the start mark.'), [token])} ${tint}`;
  }

  private choose(chip: Chip): void {
    if (chip.row >= 0) act(this, { type: 'setQuery', query: chip.label.from });
  }

  private readonly onKey = (event: KeyboardEvent) => {
    const step = { Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    const chips = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button.chip')];
    const to = step < 0 ? chips[0] : chips.at(-1);
    to?.focus();
    to?.click();
    event.preventDefault();
  };
}

const titleOf = ({ label, masked }: Chip): string => (masked ? t('{0}, masked', label.text) : label.text);
const weightedTitle = ({ label, weight, masked }: Chip): string | undefined =>
  masked || weight === undefined ? undefined : `${label.text} ${weight.toFixed(3)}`;

/** @param most the weight that has the full tint */
function weighted(chip: Chip, most: number): WeightedChip {
  const { weight, now } = chip;
  return { title: weightedTitle(chip), tint: weight === undefined || now ? undefined : weight / most };
}

/** Language codes of the two sides, as far as the model's directions tell. */
function languages(run: Pick<RunSummary, 'model' | 'direction'>): {
  readonly source: string;
  readonly target: string;
} {
  const { directions } = run.model;
  const target = directions.find((direction) => direction.token === run.direction)?.language;
  const others = directions.filter((direction) => direction.language !== target);
  if (!target) return { source: 'src', target: 'tgt' };
  return { source: others.length === 1 ? others[0]!.language : 'src', target };
}
