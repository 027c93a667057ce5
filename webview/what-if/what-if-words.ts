import type { TemplateResult } from 'lit';
import type { WhatIfView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { percent } from '../base/value-format.ts';
import { sentence } from '../stepper/sentence.ts';

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
    times < 10
      ? times.toFixed(1)
      : times < 1e6
        ? Math.round(times).toLocaleString('en-US')
        : `10^${Math.floor(Math.log10(times))}`;
  if (times < 1.05) return t('as likely as before');
  return is < was ? t('{0} times less likely', said) : t('{0} times likelier', said);
}
