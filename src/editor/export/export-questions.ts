import * as vscode from 'vscode';
import type { ExportTarget } from '../../contract/choices.ts';
import { EXTENSIONS } from '../../export/file-name.ts';

type Item = vscode.QuickPickItem & { readonly target?: ExportTarget };

/** Asks as what the exploration goes out. */
export async function pickTarget(): Promise<ExportTarget | undefined> {
  const title = vscode.l10n.t('Attention: Export');
  const placeHolder = vscode.l10n.t('What is exported is what the panel shows');
  const chosen = await vscode.window.showQuickPick(items(), { title, placeHolder, matchOnDescription: true });
  return chosen?.target;
}

function items(): Item[] {
  const { t } = vscode.l10n;
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const item = (icon: string, label: string, target: ExportTarget, detail?: string): Item => ({
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
