import * as vscode from 'vscode';
import type { ExportTarget } from '../../contract/choices.ts';
import { weightsJson } from '../../export/exploration-json.ts';
import { markdownTable, weightsTsv } from '../../export/matrix-tables.ts';
import type { Exploration } from '../explorations/exploration.ts';
import { withCancel } from '../host/progress.ts';
import { drawPicture, type ExportOptions, type ExportParts } from './draw-picture.ts';
import { pickFile, pickPictureOptions, pickTarget } from './export-questions.ts';
import { currentViewOf, wholeMatrix } from './exported-view.ts';
import { fileBytes } from './file-content.ts';
import { notifySaved, saveWhole } from './save-file.ts';

/**
 * Takes what the active exploration shows out of the window.
 * @param asked undefined: the person picks
 * @returns the file that was written; undefined for the clipboard, and when the person left
 */
export async function exportAs(asked: ExportTarget | undefined, parts: ExportParts, options: ExportOptions) {
  const target = asked ?? (await pickTarget());
  if (!target) return undefined;
  const exploration = parts.active();
  const seen = currentViewOf(exploration?.controller ?? { view: undefined, run: undefined });
  if (!exploration) return undefined;
  if (isCopy(target)) {
    await copy(target, exploration);
    return undefined;
  }
  const look = options.colors
    ? { colors: options.colors, scale: options.scale ?? 1 }
    : await pickPictureOptions(target);
  const to = look && (options.to ?? (await pickFile(target, seen, exploration.controller.pair)));
  if (!look || !to) return undefined;
  const title = vscode.l10n.t('Exporting…');
  const bytes = await withCancel(title, (signal) => fileBytes(target, parts, exploration, look, signal));
  await saveWhole(to, bytes);
  void notifySaved(to, exploration.panel.column);
  return to;
}

function isCopy(target: ExportTarget): target is CopyTarget {
  return target.startsWith('copy');
}

/** Targets that go to the clipboard. */
type CopyTarget = Extract<ExportTarget, `copy${string}`>;

/** Sharp on screens of two pixels a px, and not too large for a message. */
const SCALE = 2;
/** Milliseconds that the status bar says it. */
const SAID = 4000;

/** @throws ExplorerError 'export-picture' where a picture may not be written to the clipboard */
async function copy(target: CopyTarget, { controller, panel }: Exploration): Promise<void> {
  const seen = currentViewOf(controller);
  if (target === 'copyAsImage') {
    await drawPicture(panel, { as: 'clipboard', colors: 'seen', scale: SCALE, names: [] });
    return say(vscode.l10n.t('The picture is on the clipboard.'));
  }
  const { view } = wholeMatrix(seen);
  switch (target) {
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
