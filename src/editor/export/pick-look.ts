import * as vscode from 'vscode';
import type { PictureColors } from '../../contract/picture-request.ts';
import type { FileTarget } from './file-content.ts';

export interface Look {
  readonly colors: PictureColors;
  readonly scale: number;
}

type Item = vscode.QuickPickItem & { readonly look?: Look };

const SCALES = [1, 2, 4];

/** Asks in which colours, and of a PNG how large; of numbers it asks nothing. undefined when the person leaves. */
export async function pickLook(target: FileTarget): Promise<Look | undefined> {
  if (target !== 'svg' && target !== 'png' && target !== 'html') return { colors: 'seen', scale: 1 };
  const { t } = vscode.l10n;
  const colors: readonly (readonly [PictureColors, string])[] = [
    ['seen', t('As in the panel')],
    ['print', t('Light, for print')],
  ];
  const items = colors.flatMap(([name, label]): Item[] =>
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
