import * as vscode from 'vscode';
import { PHASES } from '../../contract/choices.ts';
import type { Phase } from '../../contract/view-state.ts';
import type { Comparisons } from '../explorations/comparisons.ts';
import type { Explorations } from '../explorations/explorations.ts';

/**
 * Ticks the steps of the walkthrough off, however they are done: by its buttons, by commands, keys or in the panel. An
 * exploration opens in one phase by itself; a phase counts once a person has gone to it.
 */
export class WalkthroughProgress {
  private readonly done = new Set<Lesson>();
  private readonly phases = new Map<string, Phase>();
  private readonly listening: vscode.Disposable;

  constructor(explorations: Explorations, comparisons: Comparisons) {
    const views = explorations.onDidChangeView(({ runId, state: { phase } }) => {
      const before = this.phases.get(runId);
      this.phases.set(runId, phase);
      void this.tick('pair');
      if (before && before !== phase) void this.tick(phase);
    });
    const compared = comparisons.onDidCompareWithSelf(() => void this.tick('cross'));
    this.listening = vscode.Disposable.from(views, compared);
  }

  has(lesson: Lesson): boolean {
    return this.done.has(lesson);
  }

  async tick(lesson: Lesson): Promise<void> {
    if (this.done.has(lesson)) return;
    this.done.add(lesson);
    await vscode.commands.executeCommand('setContext', lessonKey(lesson), true);
  }

  /**
   * VS Code (1.112) never ticks what was true already when it came to know the walkthrough, which is when that is first
   * opened. So each step has a second event, for what is done by then.
   */
  async opened(): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'attentionExplorer.learning', true);
  }

  dispose(): void {
    this.listening.dispose();
  }
}

/** The steps of the walkthrough; each is ticked off by a context key of its own. */
export type Lesson = 'pair' | Phase | 'complexity' | 'cross';

export const LESSONS: readonly Lesson[] = ['pair', ...PHASES, 'complexity', 'cross'];

/** Name of the context key that says that a step was really done: attentionExplorer.didMatch. */
function lessonKey(lesson: Lesson): string {
  return `attentionExplorer.did${lesson[0].toUpperCase()}${lesson.slice(1)}`;
}
