import * as vscode from 'vscode';
import { exact } from '../../base/number-format.ts';
import type { Finding } from '../../code/finding.ts';
import { configText } from '../code-hovers/config-hover.ts';
import { formulaText } from '../code-hovers/formula-hover.ts';
import { kerasLayerText } from '../code-hovers/keras-hover.ts';
import { torchLayerText } from '../code-hovers/torch-hover.ts';
import { plain } from '../plain.ts';
import { torchFunctionText } from './torch-function-text.ts';

/** What a hover says of attention in code or notes, in Markdown: a title, and what there is to say. All that comes from the file is escaped. */
export function findingText(finding: Finding): { readonly title: string; readonly body: string } {
  const layer = vscode.l10n.t('Multi-head attention');
  const product = vscode.l10n.t('Scaled dot-product attention');
  switch (finding.kind) {
    case 'torch-layer':
      return { title: `**${layer}** · PyTorch`, body: torchLayerText(finding) };
    case 'keras-layer':
      return { title: `**${layer}** · Keras`, body: kerasLayerText(finding) };
    case 'torch-function':
      return { title: `**${product}** · PyTorch`, body: torchFunctionText(finding) };
    case 'formula':
      return { title: `**${product}** · Vaswani et al. 2017`, body: formulaText(finding) };
    case 'config':
      return {
        title: `**${plain(finding.name)}** = ${exact(finding.value)} · Hugging Face`,
        body: configText(finding),
      };
  }
}
