import * as vscode from 'vscode';
import type { SideName } from '../contract/choices.ts';
import type { Comparison } from '../editor/explorations/comparison.ts';
import { showError } from '../editor/host/errors.ts';
import type { Settings } from '../editor/host/settings.ts';
import type { ExplorationPanel } from '../editor/panel/explorer-panel.ts';
import type { ComparedSide } from '../messages/host-messages.ts';
import type { WebviewMessage } from '../messages/webview-messages.ts';
import { postInit } from './post-init.ts';

/** Joins a comparison and its panel. @param pick lets the person choose what stands on a side */
export function connectComparison(
  panel: ExplorationPanel,
  comparison: Comparison,
  pick: (side: SideName) => Promise<void>,
  settings: () => Settings,
): vscode.Disposable {
  const side = (name: SideName): ComparedSide => {
    const { panelState, view, run } = comparison[name];
    // While a side is being run anew its old view stands under the old run.
    const { id, written } = comparison.of(name);
    return { id, written, state: panelState, view: view?.runId === run?.runId ? view : undefined };
  };
  const post = () => panel.post({ type: 'compare', left: side('left'), right: side('right') });
  const receive = async (message: WebviewMessage) => {
    if (message.type === 'actSide') await comparison.act(message.side, message.action);
    if (message.type === 'pickSide') await pick(message.side);
    if (message.type === 'command' && message.command === 'runAgain')
      await Promise.all([comparison.left.runAgain(), comparison.right.runAgain()]);
  };
  post();
  return vscode.Disposable.from(
    postInit(panel, '', settings),
    comparison.onDidChange(post),
    panel.onDidReceive((message) => void receive(message).catch(showError)),
  );
}
