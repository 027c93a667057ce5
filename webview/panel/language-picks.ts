import { html, nothing, type TemplateResult } from 'lit';
import type { Direction } from '../../src/contract/model-info.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import { languageName, t } from '../base/l10n.ts';
import { type Choice, select } from '../controls/selects.ts';

/** Languages that a person chooses, by the tokens of ModelInfo. */
export interface ChosenLanguages {
  readonly direction?: string;
  readonly sourceLanguage?: string;
}

/** From this many on, languages are named in full and sorted: two or three are told by their codes. */
const MANY = 5;

/**
 * Which languages the model translates between: one pick of directions where the source tells its own language, one
 * for either side where the model has to be told (mBART, M2M-100, NLLB), of tasks in words for T5.
 */
export function languagePicks(run: RunSummary, choose: (languages: ChosenLanguages) => void): TemplateResult {
  const { model } = run;
  const { directions, sources = [] } = model;
  const title = `${model.name} · ${t('{0} M parameters', (model.parameters / 1e6).toFixed(1))}`;
  // A model of one direction has nothing to choose: its name stands there.
  if (directions.length < 2 && sources.length < 2) {
    return html`<span class="sel name" title=${title}><span>${directions[0] ? arrow(directions[0], directions) : model.name}</span></span>`;
  }
  const { direction = '', sourceLanguage = '' } = run;
  return html`${
    sources.length > 1
      ? select({
          name: t('Source language, model {0}', model.name),
          className: 'direction',
          value: sourceLanguage,
          choices: named(sources, sourceLanguage),
          title,
          onChange: (token) => choose({ direction, sourceLanguage: token }),
        })
      : nothing
  }${
    directions.length > 1
      ? select({
          name: t('Direction, model {0}', model.name),
          className: 'direction',
          value: direction,
          choices:
            directions.length < MANY && sources.length === 0
              ? unchosen(
                  direction,
                  directions.map((one) => ({ value: one.token, label: arrow(one, directions) })),
                )
              : named(directions, direction, '→ '),
          title,
          onChange: (token) => choose({ direction: token, ...(sourceLanguage ? { sourceLanguage } : {}) }),
        })
      : nothing
  }`;
}

/** `en→zh` of two languages, `→zh` of more. */
function arrow({ language, name }: Direction, all: readonly Direction[]): string {
  if (name) return name;
  const others = all.map((other) => other.language).filter((other) => other !== language);
  return `${others.length === 1 ? others[0] : ''}→${language}`;
}

function named(languages: readonly Direction[], chosen: string, before = ''): Choice[] {
  const choices = languages.map(({ token, language, name }) => ({
    value: token,
    label: `${before}${name ?? languageName(language)}`,
  }));
  return unchosen(
    chosen,
    choices.sort((a, b) => a.label.localeCompare(b.label)),
  );
}

/** Where nothing is chosen (T5 without a task), that is a choice as well. */
function unchosen(chosen: string, choices: Choice[]): Choice[] {
  return choices.some(({ value }) => value === chosen) ? choices : [{ value: '', label: t('no task') }, ...choices];
}
