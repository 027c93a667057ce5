import { LitElement } from 'lit';
import { state } from 'lit/decorators.js';
import { theme } from '../color/theme.ts';

/** An element of the page's own tree that is drawn anew with its size and with the theme. */
export abstract class PaintedElement extends LitElement {
  /** Grows with every theme: for what is drawn once for each. */
  @state() protected themeCount = 0;
  private stopListening: (() => void) | undefined;
  private readonly sizes = new ResizeObserver(() => this.resized());

  /** The element has another size; its first one, too. */
  protected abstract resized(): void;

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    this.stopListening = theme.listen(() => this.themeCount++);
  }

  override disconnectedCallback(): void {
    this.sizes.disconnect();
    this.stopListening?.();
    super.disconnectedCallback();
  }
}
