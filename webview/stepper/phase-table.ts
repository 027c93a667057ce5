import { html, nothing, type TemplateResult } from 'lit';
import type { AxisLabel, StepView } from '../../src/contract/view.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { icon } from '../controls/icon.ts';

/** What a phase draws from. */
export interface PhaseContext {
  readonly step: StepView;
  readonly kind: AttentionKind;
  /** Keys shown, in the order of the text, and how many are not. */
  readonly keys: readonly number[];
  readonly hidden: number;
  /** How many of these can be shown: of a long run only the strongest are here. */
  readonly rest: number;
  /** Weights [S] before the what-if; undefined without one. */
  readonly before: Float32Array | undefined;
  /** The what-if gives this row its weights. */
  readonly forced: boolean;
  /** Key whose row the keyboard stops at. */
  readonly stop: number;
  /** Masks a key, or lets it be looked at again; undefined where nothing can be tried out. */
  readonly mask: ((key: number) => void) | undefined;
  /** Keys that the what-if masks. */
  readonly masked: ReadonlySet<number>;
  /** Pixels of the stepper. */
  readonly width: number;
  readonly showAll: () => void;
}

/** UTF-16 units that are never too wide for a table's first column. */
const SHORT = 6;

/** A token as a table shows it: specials muted, whatever its writing direction. */
export function tokenCell(token: AxisLabel): TemplateResult {
  return html`<bdi class=${`tok ${token.special ? 'end' : ''} ${token.text.length > SHORT ? 'long' : ''}`} title=${token.text}>${token.text}</bdi>`;
}

/** What makes a key's row a stop of the keyboard, which walks them with the arrows: its class and its attributes. */
export function keyRow(context: PhaseContext, key: number, top: number, cells: TemplateResult): TemplateResult {
  const masked = context.masked.has(key);
  return html`<tr class=${`src ${key === top ? 'top' : ''} ${masked ? 'cut' : ''}`} data-key=${key} tabindex=${key === context.stop ? 0 : -1}>${cells}</tr>`;
}

/** Masks the key of a row. The keyboard has M for it. */
export function maskButton({ mask, masked, step }: PhaseContext, key: number): TemplateResult | typeof nothing {
  if (!mask) return nothing;
  const { text } = step.keyTokens[key];
  const name = masked.has(key) ? t('Unmask {0} (M)', text) : t('Mask {0} (M)', text);
  return html`<button type="button" class="tool mask" tabindex="-1" aria-label=${name} title=${name} aria-pressed=${masked.has(key)}
    @click=${() => mask(key)}>${icon('mask')}</button>`;
}

/** True where softmax never saw the key. */
export const isMaskedKey = ({ step }: PhaseContext, key: number): boolean =>
  step.scaled[key] === Number.NEGATIVE_INFINITY;

/** Below a table that leaves weak keys out. */
export function moreKeys({ hidden, rest, showAll }: PhaseContext): TemplateResult | string {
  const left = hidden - rest;
  const more =
    rest === 0
      ? nothing
      : html`<button type="button" class="button second" @click=${showAll}>${t('Show {0} weaker keys', rest)}</button>`;
  return left === 0
    ? rest === 0
      ? ''
      : html`${more}`
    : html`${more} <span class="cap">${t('{0} keys with less weight are left out of a text this long.', left)}</span>`;
}

/** What the sum below a table adds up: all keys, or those that are here. */
export function sumName({ step }: PhaseContext): string {
  return step.keyCount === undefined ? t('Sum') : t('Sum of these {0}', step.weights.length);
}

/** Up to so many keys a table shows them all; beyond that, the strongest few until asked for more. */
export const ALL_UP_TO = 60;
export const STRONGEST = 40;

/**
 * Which keys a table shows.
 * @param weights [S]    @param all the reader asked for every one
 * @returns indexes in the order of the text
 */
export function visibleKeys(weights: Float32Array, all: boolean): number[] {
  const every = Array.from(weights, (_, i) => i);
  if (all || every.length <= ALL_UP_TO) return every;
  return every
    .sort((a, b) => weights[b] - weights[a] || a - b)
    .slice(0, STRONGEST)
    .sort((a, b) => a - b);
}

/** Indexes by weight, greatest first. */
export function byWeight(weights: Float32Array): number[] {
  return Array.from(weights, (_, i) => i).sort((a, b) => weights[b] - weights[a] || a - b);
}
