import * as vscode from 'vscode';
import type { ExportTarget } from '../../contract/choices.ts';
import type { PictureColors } from '../../contract/picture-request.ts';
import { EXTENSIONS, fileName } from '../../export/file-name.ts';
import type { AnchoredPair } from '../pairs/anchored-pair.ts';
import type { CurrentView } from './exported-view.ts';
import type { FileTarget } from './file-content.ts';

type TargetItem = vscode.QuickPickItem & { readonly target?: ExportTarget };

/** Asks as what the exploration goes out. */
export async function pickTarget(): Promise<ExportTarget | undefined> {
  const title = vscode.l10n.t('Attention: Export');
  const placeHolder = vscode.l10n.t('What is exported is what the panel shows');
  const chosen = await vscode.window.showQuickPick(items(), { title, placeHolder, matchOnDescription: true });
  return chosen?.target;
}

function items(): TargetItem[] {
  const { t } = vscode.l10n;
  const separator = (label: string): TargetItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const item = (icon: string, label: string, target: ExportTarget, detail?: string): TargetItem => ({
    label: `$(${icon}) ${label}`,
    description: EXTENSIONS[target] && `.${EXTENSIONS[target]}`,
    detail,
    target,
  });
  return [
    separator(t('Picture')),
    item('file-media', t('Picture as SVG'), 'svg', t('Vector, for LaTeX, Word and the web')),
    item('device-camera', t('Picture as PNG'), 'png', t('Pixels: once, twice or four times the size')),
    item('browser', t('Whole exploration as HTML'), 'html', t('One file that opens offline, with heads and steps')),
    separator(t('Numbers')),
    item('table', t('Numbers as CSV'), 'csv'),
    item('json', t('Numbers as JSON'), 'json', t('The pair, its tokens, the state and what is seen')),
    item('symbol-array', t('All heads as .npz (NumPy)'), 'npz'),
    item('symbol-array', t('All heads as safetensors'), 'safetensors'),
    item('git-compare', t('Word alignment (Pharaoh)'), 'pharaoh', 'i-j'),
    separator(t('Clipboard')),
    item('copy', t('Copy as Image'), 'copyAsImage'),
    item('copy', t('Copy as Markdown Table'), 'copyAsMarkdownTable'),
    item('copy', t('Copy Weights'), 'copyWeights'),
    item('copy', t('Copy Weights as JSON'), 'copyWeightsAsJson'),
  ];
}

export interface PictureOptions {
  readonly colors: PictureColors;
  readonly scale: number;
}

type LookItem = vscode.QuickPickItem & { readonly look?: PictureOptions };

const SCALES = [1, 2, 4];

/** Asks in which colours, and of a PNG how large; of numbers it asks nothing. undefined when the person leaves. */
export async function pickPictureOptions(target: FileTarget): Promise<PictureOptions | undefined> {
  if (target !== 'svg' && target !== 'png' && target !== 'html') return { colors: 'seen', scale: 1 };
  const { t } = vscode.l10n;
  const colors: readonly (readonly [PictureColors, string])[] = [
    ['seen', t('As in the panel')],
    ['print', t('Light, for print')],
  ];
  const items = colors.flatMap(([name, label]): LookItem[] =>
    target === 'png'
      ? [
          { label, kind: vscode.QuickPickItemKind.Separator },
          ...SCALES.map((scale) => ({ label: `${scale}×`, description: label, look: { colors: name, scale } })),
        ]
      : [{ label, look: { colors: name, scale: 1 } }],
  );
  const title = t('Attention: Export');
  const placeHolder = target === 'png' ? t('Size and colours') : t('Colours');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.look;
}

/** Where the person exported last, as long as the window is open. */
let last: vscode.Uri | undefined;

/** Asks where the file goes; the name says what is in it. */
export async function pickFile(
  target: FileTarget,
  { view, run }: CurrentView,
  pair: AnchoredPair | undefined,
): Promise<vscode.Uri | undefined> {
  const folder = last ?? folderOf(pair);
  const name = fileName(target, run, view);
  const chosen = await vscode.window.showSaveDialog({
    defaultUri: folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(`/${name}`),
    filters: { [FILTERS[target]]: [EXTENSIONS[target]?.split('.').at(-1) ?? '*'] },
    saveLabel: vscode.l10n.t('Export'),
    title: vscode.l10n.t('Attention: Export'),
  });
  if (chosen) last = vscode.Uri.joinPath(chosen, '..');
  return chosen;
}

const FILTERS: Readonly<Record<FileTarget, string>> = {
  svg: 'SVG',
  png: 'PNG',
  html: 'HTML',
  csv: 'CSV',
  json: 'JSON',
  npz: 'NumPy',
  safetensors: 'safetensors',
  pharaoh: 'Pharaoh',
};

/** The workspace folder that the source stands in, else the first one, else the folder of the source's file. */
function folderOf(pair: AnchoredPair | undefined): vscode.Uri | undefined {
  const { workspaceFolders, getWorkspaceFolder } = vscode.workspace;
  const uri = pair?.source.uri;
  const folder = (uri && getWorkspaceFolder(uri)) ?? workspaceFolders?.[0];
  return folder?.uri ?? (uri?.scheme === 'file' ? vscode.Uri.joinPath(uri, '..') : undefined);
}
