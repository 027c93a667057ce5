import type { TemplateResult } from 'lit';
import type { Action, SpecialTokens } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import type { TermName } from '../terms/term-name.ts';
import { select } from './select.ts';

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
