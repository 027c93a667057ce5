import * as vscode from 'vscode';
import { methodComplexity } from '../../attention/method-complexity.ts';
import { formatBinaryBytes, formatNumber } from '../../base/number-format.ts';
import type { Formula } from '../../code/finding.ts';
import { EXAMPLE_LENGTH, markdownTable } from './hover-tables.ts';

/** Width of a head that is shown where none is literal; the one of the Transformer’s paper. */
const EXAMPLE_WIDTH = 64;

/** softmax(Q·Kᵀ/√dₖ)·V, part by part, with shapes and costs. */
export function formulaText({ scaled, masked, applied, headWidth }: Formula): string {
  const width = headWidth ?? EXAMPLE_WIDTH;
  const dk = headWidth === undefined ? 'dₖ' : formatNumber(headWidth);
  const rows = [
    ['Q·Kᵀ', `T × ${dk} · ${dk} × S → T × S`, vscode.l10n.t('match: every query with every key, a score each')],
    ...(scaled ? [[root(headWidth), 'T × S', vscode.l10n.t('keeps scores of long vectors from growing with dₖ')]] : []),
    ...(masked ? [['+ M', 'T × S', vscode.l10n.t('a bias or mask: −∞ where a query must not look')]] : []),
    ['softmax', 'T × S', vscode.l10n.t('each row becomes weights between 0 and 1 that sum to 1')],
    ...(applied ? [['· V', 'T × S · S × dᵥ → T × dᵥ', vscode.l10n.t('combine: the values, averaged by weight')]] : []),
  ];
  const shape = { targets: EXAMPLE_LENGTH, sources: EXAMPLE_LENGTH, width, heads: 1, headWidth: width };
  const both = methodComplexity('full', shape);
  const notes = [
    scaled ? '' : vscode.l10n.t('There is no 1/√dₖ here: the scores stay as they are, as in T5.'),
    applied ? '' : vscode.l10n.t('These are the weights alone, before they are applied to the values V.'),
    vscode.l10n.t(
      'One head of T queries over S keys: T·S·dₖ multiply-adds for the scores, T·S·dᵥ for the mixture, and T·S weights. For example T = S = {0} with dₖ = dᵥ = {1}: {2} multiply-adds and {3} of weights (float32).',
      EXAMPLE_LENGTH,
      width,
      formatNumber(both.multiplyAdds),
      formatBinaryBytes(both.bytes),
    ),
  ];
  const head = [vscode.l10n.t('Part'), vscode.l10n.t('Shape'), vscode.l10n.t('What it does')];
  return [markdownTable('lll', head, rows), notes.filter(Boolean).join('\n\n')].join('');
}

function root(headWidth: number | undefined): string {
  if (headWidth === undefined) return '÷ √dₖ';
  const value = Math.sqrt(headWidth);
  return `÷ √${formatNumber(headWidth)} ${Number.isInteger(value) ? '=' : '≈'} ${Number.isInteger(value) ? value : value.toFixed(2)}`;
}
