import { html, nothing, type TemplateResult } from 'lit';
import type { Action, SpecialTokens } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { icon } from './icon.ts';
import type { TermName } from './term.ts';

interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly title?: string;
  readonly disabled?: boolean;
  /** The word of the field that it stands for: explained in place of a title. */
  readonly term?: TermName;
}

interface SegmentedOptions<Value extends string> {
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

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

interface SelectOptions {
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

/** Whether special tokens are shown, dimmed or hidden. @param term explained on hover, where there is room for it */
export function specialSelect(value: SpecialTokens, act: (action: Action) => void, term?: TermName): TemplateResult {
  return select({
    name: t('Special tokens'),
    term,
    className: 'special',
    long: t('Specials'),
    short: '</s>',
    value,
    choices: [
      { value: 'show', label: t('shown') },
      { value: 'dim', label: t('dimmed') },
      { value: 'hide', label: t('hidden') },
    ],
    onChange: (special) => act({ type: 'setSpecial', special: special as SpecialTokens }),
  });
}

/** The choices of a select over layers or heads: 1 … count, and the mean. @param chosen 0-based or 'mean' */
export function headChoices(chosen: number | 'mean', count: number) {
  const choices = Array.from({ length: count }, (_, i) => ({ value: String(i), label: String(i + 1) }));
  return { value: String(chosen), choices: [...choices, { value: 'mean', label: t('Mean') }] };
}

export const headIndex = (value: string): number | 'mean' => (value === 'mean' ? 'mean' : Number(value));
