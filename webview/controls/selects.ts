import { html, nothing, type TemplateResult } from 'lit';
import type { TermName } from '../terms/term-name.ts';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly title?: string;
  readonly disabled?: boolean;
  /** The word of the field that it stands for: explained in place of a title. */
  readonly term?: TermName;
}

export interface SegmentedOptions<Value extends string> {
  readonly name: string;
  readonly value: Value;
  readonly segments: readonly Segment<Value>[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** A radio group in one frame; arrows move the choice, one tab stop. */
export function segmented<Value extends string>(options: SegmentedOptions<Value>): TemplateResult {
  const { name, value, segments, onChange } = options;
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [
      ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLButtonElement>('button:not(:disabled)'),
    ];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    next?.focus();
    next?.click();
  };
  return html`<div class="seg ${options.className ?? ''}" role="radiogroup" aria-label=${name} @keydown=${onKey}>
    ${segments.map(
      (
        segment,
      ) => html`<button type="button" role="radio" data-value=${segment.value} title=${segment.term ? nothing : (segment.title ?? segment.label)} data-term=${segment.term ?? nothing}
        aria-checked=${segment.value === value} tabindex=${segment.value === value ? 0 : -1} ?disabled=${segment.disabled ?? false}
        @click=${() => segment.value !== value && onChange(segment.value)}>${segment.label}</button>`,
    )}
  </div>`;
}
