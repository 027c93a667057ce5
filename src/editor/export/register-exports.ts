import * as vscode from 'vscode';
import { EXPORT_TARGETS, type ExportTarget } from '../../protocol/export-target.ts';
import { registerTable } from '../register-table.ts';
import { type CopyTarget, copy } from './copy.ts';
import type { ExportOptions, ExportParts } from './export-parts.ts';
import { fileBytes } from './file-bytes.ts';
import { pickLook } from './pick-look.ts';
import { pickPlace } from './pick-place.ts';
import { pickTarget } from './pick-target.ts';
import { saveWhole } from './save-whole.ts';
import { seenOf } from './seen-of.ts';
import { tellSaved } from './tell-saved.ts';
import { withCancel } from './with-cancel.ts';

/** Registers the ways out of the window; each takes what the active exploration shows. */
export function registerExports(parts: ExportParts): vscode.Disposable {
  const run = (target: ExportTarget) => () => exportAs(target, parts, {});
  return registerTable({
    export: async (target?: unknown, options?: ExportOptions) => {
      const known = EXPORT_TARGETS.find((name) => name === target) ?? (await pickTarget());
      return known && exportAs(known, parts, options ?? {});
    },
    copyAsImage: run('copyAsImage'),
    copyAsMarkdownTable: run('copyAsMarkdownTable'),
    copyWeights: run('copyWeights'),
  });
}

/** @returns the file that was written; undefined for the clipboard, and when the person left */
async function exportAs(target: ExportTarget, parts: ExportParts, options: ExportOptions) {
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
