import * as vscode from 'vscode';
import { type LayerShape, layerComplexity, sumOfPhases } from '../../attention/complexity.ts';
import { bytes, exact } from '../../base/number-format.ts';
import type { LayerSizes } from '../../code/finding.ts';
import { markdownTable } from '../code/markdown-table.ts';

/** Length that costs are shown for where a source says none; always named as an example. */
export const EXAMPLE_LENGTH = 512;

/** What each phase of a layer computes and leaves behind, for one text. @param numberBytes bytes of one number */
export function costTable(shape: LayerShape, numberBytes: number): string {
  const costs = layerComplexity(shape);
  const rows = [
    [vscode.l10n.t('Query'), 'Q, K, V', costs.query],
    [vscode.l10n.t('Match'), 'A = softmax(Q·Kᵀ/√dₖ)', costs.match],
    [vscode.l10n.t('Combine'), 'A·V·W<sub>O</sub>', costs.combine],
    [`**${vscode.l10n.t('Sum')}**`, '', sumOfPhases(costs)],
  ] as const;
  return markdownTable(
    'llrr',
    [vscode.l10n.t('Phase'), '', vscode.l10n.t('Multiply-adds'), vscode.l10n.t('Memory')],
    rows.map(([name, what, cost]) => [name, what, exact(cost.multiplyAdds), bytes((cost.bytes / 4) * numberBytes)]),
  );
}

/** The same for any T and S: 524,288·T + 524,288·S + 1,024·T·S. */
export function generalCost(sizes: LayerSizes): string {
  const at = (targets: number, sources: number) =>
    sumOfPhases(layerComplexity({ ...sizes, targets, sources })).multiplyAdds;
  const [perTarget, perSource] = [at(1, 0), at(0, 1)];
  const perPair = at(1, 1) - perTarget - perSource;
  return vscode.l10n.t(
    'For any T and S: {0} multiply-adds, and {1} attention weights.',
    `${exact(perTarget)}·T + ${exact(perSource)}·S + ${exact(perPair)}·T·S`,
    `${exact(sizes.heads)}·T·S`,
  );
}
