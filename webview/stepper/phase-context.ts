import { html, type TemplateResult } from 'lit';
import type { AttentionKind } from '../../src/exploration/view-state.ts';
import type { AxisLabel, StepView } from '../../src/protocol/exploration-view.ts';
import { t } from '../l10n.ts';

/** What a phase draws from. */
export interface PhaseContext {
  readonly step: StepView;
  readonly kind: AttentionKind;
  /** Keys shown, in the order of the text, and how many are not. */
  readonly keys: readonly number[];
  readonly hidden: number;
  /** Pixels of the stepper. */
  readonly width: number;
  readonly showAll: () => void;
}

/** A token as a table shows it: specials muted, whatever its writing direction. */
export function tokenCell(token: AxisLabel): TemplateResult {
  return html`<bdi class=${token.special ? 'tok end' : 'tok'} title=${token.text}>${token.text}</bdi>`;
}

/** Below a table that leaves weak keys out. */
export function moreKeys({ hidden, showAll }: PhaseContext): TemplateResult | string {
  if (hidden === 0) return '';
  return html`<button type="button" class="button second" @click=${showAll}>${t('Show {0} weaker keys', hidden)}</button>`;
}
