import { PHASES, type Phase } from '../../contract/view-state.ts';

/** The steps of the walkthrough; each is ticked off by a context key of its own. */
export type Lesson = 'pair' | Phase | 'complexity' | 'cross';

export const LESSONS: readonly Lesson[] = ['pair', ...PHASES, 'complexity', 'cross'];

/** Name of the context key that says that a step was really done: attentionExplorer.didMatch. */
export function lessonKey(lesson: Lesson): string {
  return `attentionExplorer.did${lesson[0].toUpperCase()}${lesson.slice(1)}`;
}
