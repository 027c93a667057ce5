import type { TemplateResult } from 'lit';
import type { Predicted, WhatIfView } from '../../src/contract/view.ts';
import { sentence, t } from '../base/l10n.ts';
import { count, percent } from '../base/value-format.ts';

/** How far the layer's answer to the query moved, as a share of its own length. */
export function changeSentence({ outputChange, outputNorm }: WhatIfView, query: string): TemplateResult {
  const share = outputNorm > 0 ? outputChange / outputNorm : 0;
  const said = share < 0.01 ? '<\u00a01\u00a0%' : `${Math.round(share * 100)}\u00a0%`;
  if (share < 0.02)
    return sentence('What the layer’s attention puts out for {0} hardly changes: by {1} of its length.', query, said);
  if (share < 0.25)
    return sentence('What the layer’s attention puts out for {0} changes a little: by {1} of its length.', query, said);
  if (share < 0.75)
    return sentence('What the layer’s attention puts out for {0} changes clearly: by {1} of its length.', query, said);
  return sentence(
    'What the layer’s attention puts out for {0} becomes another: it changes by {1} of its length.',
    query,
    said,
  );
}

/** What the model expects next, before against after; nothing where nothing is predicted. */
export function expectSentence({ before, after }: WhatIfView): TemplateResult | undefined {
  const [was, is] = [before.predictions[0], after.predictions[0]];
  if (!was || !is) return undefined;
  return was.id === is.id
    ? sentence(
        'The model still expects {0} next: {1} → {2}.',
        is.text,
        percent(was.probability),
        percent(is.probability),
      )
    : sentence(
        'The model now expects {0} next ({1}), where it was {2} ({3}).',
        is.text,
        percent(is.probability),
        was.text,
        percent(was.probability),
      );
}

/** How much likelier or less likely the whole target became; undefined where there is none. */
export function targetWords({ before, after }: WhatIfView): string | undefined {
  const [was, is] = [before.logProbability, after.logProbability];
  if (was === undefined || is === undefined) return undefined;
  const times = Math.exp(Math.abs(is - was));
  const said =
    times < 10 ? times.toFixed(1) : times < 1e6 ? count(Math.round(times)) : `10^${Math.floor(Math.log10(times))}`;
  if (times < 1.05) return t('as likely as before');
  return is < was ? t('{0} times less likely', said) : t('{0} times likelier', said);
}

interface PairedPrediction {
  readonly text: string;
  readonly id: number;
  /** undefined where it is not among the likeliest; then it is less than `least` of that side. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

const MOST = 3;

/** The likeliest next pieces of both passes, those of the changed one first. */
export function pairedPredictions(before: Predicted, after: Predicted): PairedPrediction[] {
  const at = ({ predictions }: Predicted, id: number) => predictions.find((other) => other.id === id)?.probability;
  const all = [...after.predictions.slice(0, MOST), ...before.predictions.slice(0, MOST)];
  return all
    .filter(({ id }, i) => all.findIndex((other) => other.id === id) === i)
    .map(({ text, id }) => ({ text, id, before: at(before, id), after: at(after, id) }));
}

/** The least of the probabilities that a side names: what is not named is less likely. */
export const leastOf = ({ predictions }: Predicted): number => predictions.at(-1)?.probability ?? 0;

/**
 * The keys whose weight changed most, or is greatest: enough to see where the weight went.
 * @returns at most `most` indexes in the order of the text
 */
export function mostChanged(before: Float32Array, after: Float32Array, most: number): number[] {
  const matters = (i: number) => Math.max(Math.abs(after[i]! - before[i]!), 0.5 * Math.max(before[i]!, after[i]!));
  return Array.from(before, (_, i) => i)
    .sort((a, b) => matters(b) - matters(a) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
