import * as vscode from 'vscode';
import type { ExportTarget } from '../../contract/choices.ts';
import { weightsJson } from '../../export/exploration-json.ts';
import { markdownTable, weightsTsv } from '../../export/matrix-tables.ts';
import type { Exploration } from '../explorations/exploration.ts';
import { drawPicture } from './draw-picture.ts';
import { seenOf } from './exported-view.ts';
import { wholeMatrix } from './whole-matrix.ts';

/** Targets that go to the clipboard. */
export type CopyTarget = Extract<ExportTarget, `copy${string}`>;

/** Sharp on screens of two pixels a px, and not too large for a message. */
const SCALE = 2;

/** Milliseconds that the status bar says it. */
const SAID = 4000;

/** @throws ExplorerError 'export-picture' where a picture may not be written to the clipboard */
export async function copy(target: CopyTarget, { controller, panel }: Exploration): Promise<void> {
  const seen = seenOf(controller);
  const { view } = target === 'copyAsImage' ? seen : wholeMatrix(seen);
  switch (target) {
    case 'copyAsImage':
      await drawPicture(panel, { as: 'clipboard', colors: 'seen', scale: SCALE, names: [] });
      return say(vscode.l10n.t('The picture is on the clipboard.'));
    case 'copyAsMarkdownTable':
      await vscode.env.clipboard.writeText(markdownTable(view, vscode.l10n.t('query ╲ key')));
      return say(vscode.l10n.t('The table is on the clipboard.'));
    case 'copyWeights':
    case 'copyWeightsAsJson':
      await vscode.env.clipboard.writeText(target === 'copyWeights' ? weightsTsv(view) : weightsJson(view));
      return say(vscode.l10n.t('{0} × {1} weights are on the clipboard.', view.rows.length, view.cols.length));
  }
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${text}`, SAID);
}
