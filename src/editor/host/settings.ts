import * as vscode from 'vscode';
import { COLOR_MAPS, type ColorMap } from '../../contract/choices.ts';
import type { AttentionKind, SpecialTokens, Unit } from '../../contract/view-state.ts';
import { flag, integer, oneOf, text } from '../valid-setting.ts';
import type { Platform } from './platform.ts';

/** What the person has set, read when it is needed. */
export interface Settings {
  /** Absolute folder of the checkpoint, as the platform names it: the person's own, else the bundled one. */
  readonly folder: string;
  readonly beams: number;
  /** Threads that compute together, the engine's own included. */
  readonly threads: number;
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
  readonly colorMap: ColorMap;
  /** A panel for each pair, or one that shows the last. */
  readonly panels: 'perPair' | 'one';
}

/** In a workspace that is not trusted the bundled checkpoint is the only one used. */
export function settings(platform: Platform): Settings {
  const section = vscode.workspace.getConfiguration('attentionExplorer');
  const get = (name: string): unknown => section.get(name);
  return {
    folder: modelFolder(text(get('modelFolder')), platform),
    threads: integer(get('threads'), 2, 1, 8),
    beams: integer(get('beams'), 4, 1, 16),
    tokenLimit: integer(get('tokenLimit'), 0, 0, 100_000),
    kind: oneOf(['cross', 'encoder', 'decoder'], get('defaultKind')),
    unit: oneOf(['words', 'pieces'], get('unit')),
    special: oneOf(['dim', 'show', 'hide'], get('specialTokens')),
    hovers: flag(get('hovers')),
    codeHovers: flag(get('codeHovers')),
    decorations: flag(get('decorations')),
    colorMap: oneOf(COLOR_MAPS, get('colorMap')),
    panels: oneOf(['perPair', 'one'], get('panels')),
  };
}

function modelFolder(set: string, platform: Platform): string {
  const folder = set.trim();
  return folder === '' || !vscode.workspace.isTrusted ? platform.bundledModel : platform.absoluteFolder(folder);
}
