import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { TERM_NAMES, type TermName } from '../controls/term.ts';
import { moveTip, placeTipInWindow } from '../controls/tooltip.ts';
import { costTerm, methodTerm } from './cost-terms.ts';
import { generalTerm, measureTerm, positionTerm } from './head-terms.ts';
import { stepTerm, textTerm } from './step-terms.ts';

interface VisibleTerm {
  readonly view: ExplorationView;
  readonly run: RunSummary;
}

/** Milliseconds that the pointer rests before a word explains itself, a control, and until what is said goes again. */
const WORD = 200;
const CONTROL = 600;
const LEAVE = 150;
const ID = 'term-tip';

/**
 * The one tooltip of a page: explains whatever has `data-term`, on hover, on focus by keyboard, and words on a tap, too.
 * It can be pointed at itself, and Esc closes it.
 */
@customElement('ax-term-tip')
export class TermTip extends LitElement {
  /** What is shown where a word stands: its numbers are in the sentence. */
  @property({ attribute: false }) about: (at: HTMLElement) => VisibleTerm | undefined = () => undefined;
  @state() private shown: { readonly name: TermName; readonly at: HTMLElement } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stop = new AbortController();

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const options = { signal: this.stop.signal };
    document.addEventListener('pointerover', this.onOver, options);
    document.addEventListener('pointerout', this.onOut, options);
    document.addEventListener('focusin', this.onFocus, options);
    document.addEventListener('focusout', this.onBlur, options);
    document.addEventListener('click', this.onClick, options);
    // Before the window's own keys: Esc closes this first.
    document.addEventListener('keydown', this.onKey, { ...options, capture: true });
    document.addEventListener('scroll', this.hide, { ...options, capture: true, passive: true });
    window.addEventListener('resize', this.hide, options);
  }

  override disconnectedCallback(): void {
    this.stop.abort();
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  override render() {
    const { shown } = this;
    const about = shown && this.about(shown.at);
    // Some places have a fact of their own to add.
    const { more = '' } = shown?.at.dataset ?? {};
    const text = about ? `${termText(shown.name, about.view, about.run)} ${more}`.trim() : '';
    return html`<div class="term-tip" id=${ID} role="tooltip" popover="manual" ?hidden=${!text}>${text ? withIndexes(text) : nothing}</div>`;
  }

  protected override updated(): void {
    const tip = this.querySelector<HTMLElement>(`#${ID}`);
    const { shown } = this;
    if (!tip) return;
    // A word may be gone, or left behind with its phase.
    if (!shown || tip.hidden || !shown.at.checkVisibility()) {
      if (tip.matches(':popover-open')) tip.hidePopover();
      return;
    }
    if (!tip.matches(':popover-open')) tip.showPopover();
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    moveTip(tip, placeTipInWindow(shown.at.getBoundingClientRect(), tip.getBoundingClientRect(), { width, height }));
  }

  private readonly onOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    if (this.contains(event.target as Node)) return clearTimeout(this.timer);
    const at = termAt(event.target);
    if (at === this.shown?.at) return clearTimeout(this.timer);
    if (at) this.later(at.matches('.term') ? WORD : CONTROL, () => this.show(at));
  };

  private readonly onOut = (event: PointerEvent) => {
    const to = event.relatedTarget;
    const from = termAt(event.target);
    if (event.pointerType === 'touch' || (from && from === termAt(to))) return;
    if (to instanceof Node && this.contains(to)) return;
    // What has the keyboard goes on explaining itself.
    if (from || this.contains(event.target as Node)) this.later(LEAVE, () => this.showFocused());
  };

  private readonly onFocus = (event: FocusEvent) => {
    const at = termAt(event.target);
    if (at && (event.target as HTMLElement).matches(':focus-visible')) this.show(at);
  };

  private readonly onBlur = () => this.hide();

  /** A word is there to be explained, and says so on a tap; a control does what it is for. */
  private readonly onClick = (event: MouseEvent) => {
    const at = termAt(event.target);
    if (at?.matches('.term') && this.shown?.at !== at) this.show(at);
    else if (!at?.matches('.term') && !this.contains(event.target as Node)) this.hide();
  };

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !this.shown) return;
    event.preventDefault();
    event.stopPropagation();
    this.hide();
  };

  private readonly hide = () => {
    clearTimeout(this.timer);
    this.describe(undefined);
  };

  private show(at: HTMLElement): void {
    clearTimeout(this.timer);
    const name = TERM_NAMES.find((one) => one === at.dataset.term);
    if (name) this.describe({ name, at });
  }

  private showFocused(): void {
    const at = termAt(document.activeElement);
    if (at && document.activeElement?.matches(':focus-visible')) this.show(at);
    else this.hide();
  }

  private describe(shown: { readonly name: TermName; readonly at: HTMLElement } | undefined): void {
    if (this.shown) describedIn(this.shown.at).removeAttribute('aria-describedby');
    if (shown) describedIn(shown.at).setAttribute('aria-describedby', ID);
    this.shown = shown;
  }

  private later(milliseconds: number, what: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(what, milliseconds);
  }
}

function termAt(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('[data-term]')) || undefined;
}

/** The control itself: of a labelled select the select, not its label. */
function describedIn(at: HTMLElement): HTMLElement {
  return at.querySelector<HTMLElement>('select, input') ?? at;
}

/** W_Q with its letter below the line. */
function withIndexes(text: string): (TemplateResult | string)[] {
  return text.split(/(?<=W)_([A-Z])/).map((part, i) => (i % 2 ? html`<sub>${part}</sub>` : part));
}

/** What a word of the field means, in one sentence with the numbers of this pair, as it is looked at now. */
export function termText(name: TermName, view: ExplorationView, run: RunSummary): string {
  return (
    stepTerm(name, view) ??
    positionTerm(name, view, run) ??
    measureTerm(name, view) ??
    textTerm(name, view, run) ??
    costTerm(name, view, run) ??
    methodTerm(name, view, run) ??
    generalTerm(name, view, run)
  );
}
