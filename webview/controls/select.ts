import { html, nothing, type TemplateResult } from 'lit';
import type { TermName } from '../terms/term-name.ts';
import { icon } from './icon.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectOptions {
  readonly name: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  /** Shown before the value, where there is room, and where there is not. */
  readonly long?: string;
  readonly short?: string;
  readonly title?: string;
  readonly className?: string;
  /** The word of the field that it is about: explained in place of a title. */
  readonly term?: TermName;
}

/** A native select dressed as the design draws it. */
export function select(options: SelectOptions): TemplateResult {
  const { name, value, choices, onChange } = options;
  return html`<label class="sel ${options.className ?? ''}" title=${options.term ? nothing : (options.title ?? name)} data-term=${options.term ?? nothing}>
    ${options.long ? html`<span class="lg" aria-hidden="true">${options.long}</span>` : ''}
    ${options.short ? html`<span class="sm" aria-hidden="true">${options.short}</span>` : ''}
    <select aria-label=${name} .value=${value} @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}>
      ${choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value} ?disabled=${choice.disabled ?? false}>${choice.label}</option>`)}
    </select>${icon('chevron')}
  </label>`;
}
