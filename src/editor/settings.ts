import * as vscode from 'vscode';
import type { AttentionKind, SpecialTokens, Unit } from '../exploration/view-state.ts';
import { COLOR_MAPS, type ColorMap } from '../protocol/color-map.ts';
import type { Platform } from './platform.ts';

/** What the person has set, read when it is needed. */
export interface Settings {
  /** Absolute folder of the checkpoint, as the platform names it: the person's own, else the bundled one. */
  readonly folder: string;
  readonly beams: number;
  /** Longest source and target in tokens; 0 for as long as the model takes. */
  readonly tokenLimit: number;
  /** Kind of attention that an exploration opens with. */
  readonly kind: AttentionKind;
  readonly unit: Unit;
  readonly special: SpecialTokens;
  readonly hovers: boolean;
  /** Hovers on attention in code and notes. */
  readonly codeHovers: boolean;
  readonly decorations: boolean;
  /** Lenses above the pairs of data files. */
  readonly codeLens: boolean;
  readonly colorMap: ColorMap;
  /** A panel for each pair, or one that shows the last. */
  readonly panels: 'perPair' | 'one';
}

/** In a workspace that is not trusted the bundled checkpoint is the only one used. */
export function settings(platform: Platform): Settings {
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  return {
    folder: modelFolder(section.get<string>('modelFolder', ''), platform),
    beams: section.get<number>('beams', 4),
    tokenLimit: section.get<number>('tokenLimit', 0),
    kind: section.get<AttentionKind>('defaultKind', 'cross'),
    unit: section.get<Unit>('unit', 'words'),
    special: section.get<SpecialTokens>('specialTokens', 'dim'),
    hovers: section.get<boolean>('hovers', true),
    codeHovers: section.get<boolean>('codeHovers', true),
    decorations: section.get<boolean>('decorations', true),
    codeLens: section.get<boolean>('codeLens', true),
    colorMap: colorMap(section.get('colorMap')),
    panels: section.get<Settings['panels']>('panels', 'perPair'),
  };
}

function modelFolder(set: string, platform: Platform): string {
  const folder = set.trim();
  return folder === '' || !vscode.workspace.isTrusted ? platform.bundledModel : platform.absoluteFolder(folder);
}

/** What is not one of them, as a hand-written settings file may say, is the theme's. */
function colorMap(set: unknown): ColorMap {
  return COLOR_MAPS.find((map) => map === set) ?? 'theme';
}
