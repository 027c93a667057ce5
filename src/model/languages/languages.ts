import type { Direction } from '../../contract/model-info.ts';
import type { EncodeOptions } from '../model.ts';

/** What was chosen, by the tokens of ModelInfo; what is left out is as the folder says. */
export interface LanguageChoice {
  readonly direction?: string;
  readonly sourceLanguage?: string;
}

/** How the texts of a pair are put to the model. */
export interface Frame {
  readonly source: EncodeOptions;
  readonly target: EncodeOptions;
  /** Token that the decoder starts from, where it is not the checkpoint's own (mBART). */
  readonly startToken?: number;
  /** Tokens that the decoder writes first whatever it would rather: they are among the target's. */
  readonly forced?: readonly number[];
}

/** Languages, or tasks, that a checkpoint offers, and what choosing one changes. */
export interface Languages {
  /** Of the target. */
  readonly directions: readonly Direction[];
  /** Of the source, where the model has to be told. */
  readonly sources: readonly Direction[];
  /** @param source the text: words of a task that already stand there are not put there again */
  frame(choice: LanguageChoice, source: string): Frame;
}

const TARGET: EncodeOptions = { side: 'target' };

/** A checkpoint that has nothing to choose. */
export const NO_LANGUAGES: Languages = {
  directions: [],
  sources: [],
  frame: () => ({ source: {}, target: TARGET }),
};
