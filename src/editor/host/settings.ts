import * as vscode from 'vscode';
import { COLOR_MAPS, type ColorMap, KINDS, SPECIAL_TOKENS, UNITS } from '../../contract/choices.ts';
import type { AttentionKind, SpecialTokens, Unit } from '../../contract/view-state.ts';
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
    kind: oneOf(KINDS, get('defaultKind')),
    unit: oneOf(UNITS, get('unit')),
    special: oneOf(SPECIAL_TOKENS, get('specialTokens')),
    hovers: flag(get('hovers')),
    decorations: flag(get('decorations')),
    colorMap: oneOf(COLOR_MAPS, get('colorMap')),
    panels: oneOf(['perPair', 'one'], get('panels')),
  };
}

/** Whether something is switched on for a document: a language may have its own setting. */
export function isOnFor(document: vscode.TextDocument, name: 'codeHovers' | 'codeLens'): boolean {
  return flag(vscode.workspace.getConfiguration('attentionExplorer', document).get(name));
}

function modelFolder(set: string, platform: Platform): string {
  const folder = set.trim();
  return folder === '' || !vscode.workspace.isTrusted ? platform.bundledModel : platform.absoluteFolder(folder);
}

/** One of the allowed values; a hand-written settings file may say anything, and then it is the first. */
export function oneOf<T extends string>(allowed: readonly [T, ...T[]], set: unknown): T {
  return allowed.find((value) => value === set) ?? allowed[0];
}

/** A whole number within its bounds, or the default. */
export function integer(set: unknown, fallback: number, least: number, most: number): number {
  return typeof set === 'number' && Number.isInteger(set) && set >= least && set <= most ? set : fallback;
}

/** On unless it is really switched off. */
export const flag = (set: unknown): boolean => set !== false;

export const text = (set: unknown): string => (typeof set === 'string' ? set : '');

/** Bytes of the largest settings file that is looked into. */
const MOST = 2 ** 20;
const SETTING = /"attentionExplorer\.modelFolder"\s*:\s*"((?:[^"\\]|\\.)+)"/;

let said = false;

/** Says once that the model folder which was set is left alone because the workspace is not trusted. */
export async function noticeTrust(): Promise<void> {
  if (said || vscode.workspace.isTrusted) return;
  const set = vscode.workspace.getConfiguration('attentionExplorer').inspect<string>('modelFolder');
  const folder = set?.globalValue || (await workspaceFolderSetting());
  if (!folder) return;
  said = true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'This workspace is not trusted, so the bundled model is used and not {0}. Trust the workspace to use that one.',
      folder,
    ),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}

/** VS Code keeps a restricted setting's value from us, so whether there is one is read off the file. */
async function workspaceFolderSetting(): Promise<string | undefined> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    try {
      const file = vscode.Uri.joinPath(uri, '.vscode', 'settings.json');
      if ((await vscode.workspace.fs.stat(file)).size > MOST) continue;
      const [, folder] = SETTING.exec(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) ?? [];
      if (folder) return folder;
    } catch {
      // No settings here: nothing is set.
    }
  }
  return undefined;
}
