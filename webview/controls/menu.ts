import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { t } from '../l10n.ts';
import { type IconName, icon } from './icon.ts';

export interface MenuItem {
  readonly label: string;
  readonly key?: string;
  readonly run: () => void;
}

/** A menu of the toolbar: a button and a list that opens under it; the overflow menu, where it is not told otherwise. */
@customElement('ax-menu')
export class Menu extends LitElement {
  @property({ attribute: false }) groups: readonly (readonly MenuItem[])[] = [];
  @property({ attribute: false }) name: string | undefined;
  @property({ attribute: false }) icon: IconName = 'more';
  @state() private open = false;

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.onOutside);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.onOutside);
    super.disconnectedCallback();
  }

  override render() {
    const name = this.name ?? t('More actions');
    return html`<div class="more">
      <button type="button" class="tool" title=${name} aria-label=${name} aria-haspopup="menu"
        aria-expanded=${this.open} @click=${() => this.show(!this.open)} @keydown=${this.onButtonKey}>${icon(this.icon)}</button>
      ${
        this.open
          ? html`<div class="menu" role="menu" aria-label=${name} @keydown=${this.onKey}>
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

  private items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  private run(item: MenuItem): void {
    this.open = false;
    this.querySelector<HTMLElement>('.tool')?.focus();
    item.run();
  }

  private readonly onOutside = (event: Event) => {
    if (!event.composedPath().includes(this)) this.open = false;
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
      this.open = false;
      this.querySelector<HTMLElement>('.tool')?.focus();
    }
    if (event.key === 'Escape' || to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (to !== undefined) items[to % items.length]?.focus();
  };
}
