import * as vscode from 'vscode';
import type { SpecialTokens, Unit } from '../exploration/view-state.ts';
import type { Platform } from './platform.ts';

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

/** In a workspace that is not trusted the bundled checkpoint is the only one used. */
export function settings(platform: Platform): Settings {
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  return {
    folder: modelFolder(section.get<string>('modelFolder', ''), platform),
    beams: section.get<number>('beams', 4),
    unit: section.get<Unit>('unit', 'words'),
    special: section.get<SpecialTokens>('specialTokens', 'dim'),
    hovers: section.get<boolean>('hovers', true),
    decorations: section.get<boolean>('decorations', true),
  };
}

function modelFolder(set: string, platform: Platform): string {
  const folder = set.trim();
  return folder === '' || !vscode.workspace.isTrusted ? platform.bundledModel : platform.absoluteFolder(folder);
}
