import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { t } from '../base/l10n.ts';
import { type IconName, icon } from './icon.ts';

export interface MenuItem {
  readonly label: string;
  readonly key?: string;
  readonly run: () => void;
}

/**
 * A menu of the toolbar: a button and a list that opens under it; the overflow menu, where it is not told otherwise.
 * One that is told a place has no button: it is open while it is there, and says `ax-closed` when it is done with.
 */
@customElement('ax-menu')
export class Menu extends LitElement {
  @property({ attribute: false }) groups: readonly (readonly MenuItem[])[] = [];
  @property({ attribute: false }) name: string | undefined;
  @property({ attribute: false }) icon: IconName = 'more';
  /** px within the positioned element around it. */
  @property({ attribute: false }) place: { readonly left: number; readonly top: number } | undefined;
  @state() private open = false;
  private back: HTMLElement | undefined;

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.onOutside);
    if (!this.place) return;
    this.back = document.activeElement as HTMLElement;
    this.show(true);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.onOutside);
    super.disconnectedCallback();
  }

  override render() {
    const name = this.name ?? t('More actions');
    const { place } = this;
    return html`<div class=${place ? 'placed' : 'more'}>
      ${
        place
          ? nothing
          : html`<button type="button" class="tool" title=${name} aria-label=${name} aria-haspopup="menu"
        aria-expanded=${this.open} @click=${() => this.show(!this.open)} @keydown=${this.onButtonKey}>${icon(this.icon)}</button>`
      }
      ${
        this.open
          ? html`<div class="menu" role="menu" aria-label=${name} @keydown=${this.onKey} .style=${place ? `left:${place.left}px;top:${place.top}px` : ''}>
            ${this.groups.map(
              (group, i) =>
                html`${i > 0 ? html`<hr role="separator" />` : nothing}${group.map(
                  (item) => html`<button type="button" role="menuitem" tabindex="-1" @click=${() => this.run(item)}>
                  <span>${item.label}</span><kbd>${item.key ?? ''}</kbd></button>`,
                )}`,
            )}
          </div>`
          : nothing
      }
    </div>`;
  }

  private show(open: boolean): void {
    this.open = open;
    if (open) void this.updateComplete.then(() => this.items()[0]?.focus());
  }

  /** Puts the keyboard back where it was. */
  private close(): void {
    this.open = false;
    (this.back ?? this.querySelector<HTMLElement>('.tool'))?.focus({ preventScroll: true });
    this.dispatchEvent(new CustomEvent('ax-closed'));
  }

  private items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  private run(item: MenuItem): void {
    this.close();
    item.run();
  }

  private readonly onOutside = (event: Event) => {
    if (event.composedPath().includes(this) || !this.open) return;
    this.open = false;
    this.dispatchEvent(new CustomEvent('ax-closed'));
  };

  private readonly onButtonKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    this.show(true);
  };

  private readonly onKey = (event: KeyboardEvent) => {
    const items = this.items();
    const at = items.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      this.close();
    }
    if (event.key === 'Escape' || to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (to !== undefined) items[to % items.length]?.focus();
  };
}
