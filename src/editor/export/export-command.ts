import * as vscode from 'vscode';
import type { ExportTarget } from '../../contract/choices.ts';
import { type CopyTarget, copy } from './copy.ts';
import type { ExportOptions, ExportParts } from './export-parts.ts';
import { pickTarget } from './export-questions.ts';
import { seenOf } from './exported-view.ts';
import { fileBytes } from './file-content.ts';
import { pickLook } from './pick-look.ts';
import { pickPlace } from './pick-place.ts';
import { saveWhole } from './save-file.ts';
import { tellSaved } from './tell-saved.ts';
import { withCancel } from './with-cancel.ts';

/**
 * Takes what the active exploration shows out of the window.
 * @param asked undefined: the person picks
 * @returns the file that was written; undefined for the clipboard, and when the person left
 */
export async function exportAs(asked: ExportTarget | undefined, parts: ExportParts, options: ExportOptions) {
  const target = asked ?? (await pickTarget());
  if (!target) return undefined;
  const exploration = parts.active();
  const seen = seenOf(exploration?.controller ?? { view: undefined, run: undefined });
  if (!exploration) return undefined;
  if (isCopy(target)) {
    await copy(target, exploration);
    return undefined;
  }
  const look = options.colors ? { colors: options.colors, scale: options.scale ?? 1 } : await pickLook(target);
  const to = look && (options.to ?? (await pickPlace(target, seen, exploration.controller.pair)));
  if (!look || !to) return undefined;
  const title = vscode.l10n.t('Exporting…');
  const bytes = await withCancel(title, (signal) => fileBytes(target, parts, exploration, look, signal));
  await saveWhole(to, bytes);
  void tellSaved(to, exploration.panel.column);
  return to;
}

function isCopy(target: ExportTarget): target is CopyTarget {
  return target.startsWith('copy');
}
