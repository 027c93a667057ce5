import * as vscode from 'vscode';
import type { Comparisons } from '../explorations/comparisons.ts';
import type { Exploration } from '../explorations/exploration.ts';
import type { Explorations } from '../explorations/explorations.ts';
import { registerTable } from '../host/errors.ts';
import { EXAMPLE_TOKEN, exampleDocument } from '../pairs/example-pair.ts';
import { pairAt } from '../pairs/selected-pair.ts';
import { LESSONS, type Lesson, type WalkthroughProgress } from './walkthrough-steps.ts';

/** The walkthrough's commands: the one that opens it, and the one behind its buttons. */
export function registerLearning(
  explorations: Explorations,
  comparisons: Comparisons,
  learned: WalkthroughProgress,
  extension: vscode.Extension<unknown>,
): vscode.Disposable {
  return registerTable({
    getStarted: async () => {
      await openWalkthrough(extension);
      await learned.opened();
    },
    learn: async (lesson?: Lesson) => {
      const known = LESSONS.find((one) => one === lesson);
      const exploration = known && (await explored(explorations));
      if (known && exploration && (await show(exploration, comparisons, known))) await learned.tick(known);
    },
  });
}

/** What is explored already, else the example: each step can be taken by itself. */
async function explored(explorations: Explorations): Promise<Exploration | undefined> {
  if (!explorations.active?.controller.run) {
    const document = await exampleDocument();
    // Behind the panel, beside the walkthrough, which stays in sight.
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: false };
    await vscode.window.showTextDocument(document, place);
    await explorations.explore(pairAt(document, new vscode.Position(0, 0)));
    // The token that the walkthrough's pictures follow.
    const query =
      explorations.active?.controller.run?.targetTokens.findIndex(({ text }) => text === EXAMPLE_TOKEN) ?? -1;
    if (query >= 0) await explorations.active?.controller.act({ type: 'setQuery', query });
  }
  const { active } = explorations;
  active?.panel.show(true);
  return active?.controller.run ? active : undefined;
}

/** @returns whether there was something to be shown */
async function show({ controller, panel }: Exploration, comparisons: Comparisons, lesson: Lesson): Promise<boolean> {
  switch (lesson) {
    case 'pair':
      return true;
    case 'complexity':
      panel.post({ type: 'reveal', section: 'complexity' });
      return true;
    case 'cross':
      return (await comparisons.compareWithSelf()) !== undefined;
    default: {
      // Phases belong to one head: of an average the sharpest is shown.
      const { step, facts } = controller.view ?? {};
      if (!step && facts) await controller.act({ type: 'setHead', ...facts.sharpest });
      await controller.act({ type: 'setPhase', phase: lesson });
      panel.post({ type: 'reveal', section: 'stepper' });
      return controller.view?.state.phase === lesson;
    }
  }
}

/** Id of the walkthrough in the manifest. */
const ID = 'getStarted';

interface Manifest {
  readonly contributes: { readonly walkthroughs: readonly { readonly id: string; readonly title: string }[] };
}

/**
 * Opens the walkthrough. In a fresh profile VS Code (1.112) shows its own the first time, whichever is asked for: a tab
 * of another name is closed, and the walkthrough asked for once more.
 */
async function openWalkthrough({ id, packageJSON }: vscode.Extension<unknown>): Promise<void> {
  const { contributes } = packageJSON as Manifest;
  const title = contributes.walkthroughs.find((walkthrough) => walkthrough.id === ID)?.title ?? '';
  const open = () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${id}#${ID}`, false);
  await open();
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  // A walkthrough's tab has no input that extensions know of.
  if (!tab || tab.input !== undefined || tab.label.includes(title)) return;
  await vscode.window.tabGroups.close(tab);
  await open();
}
