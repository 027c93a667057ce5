import * as path from 'node:path';
import * as vscode from 'vscode';
import type { SpecialTokens, Unit } from '../exploration/view-state.ts';

/** What the person has set, read when it is needed. */
export interface Settings {
  /** Absolute folder of the checkpoint: the person's own, else the bundled one. */
  readonly folder: string;
  readonly beams: number;
  readonly unit: Unit;
  readonly special: SpecialTokens;
  readonly hovers: boolean;
  readonly decorations: boolean;
}

/** @param bundled folder of the bundled checkpoint, the only one used in a workspace that is not trusted */
export function settings(bundled: string): Settings {
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  return {
    folder: modelFolder(section.get<string>('modelFolder', ''), bundled),
    beams: section.get<number>('beams', 4),
    unit: section.get<Unit>('unit', 'words'),
    special: section.get<SpecialTokens>('specialTokens', 'dim'),
    hovers: section.get<boolean>('hovers', true),
    decorations: section.get<boolean>('decorations', true),
  };
}

function modelFolder(set: string, bundled: string): string {
  const folder = set.trim();
  if (folder === '' || !vscode.workspace.isTrusted) return bundled;
  if (path.isAbsolute(folder)) return folder;
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  return root?.scheme === 'file' ? path.join(root.fsPath, folder) : path.resolve(folder);
}
