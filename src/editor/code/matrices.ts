import * as vscode from 'vscode';
import { projectionShapes } from '../../attention/complexity.ts';
import type { LayerParameters } from '../../attention/layer-parameters.ts';
import type { LayerSizes } from '../../code/finding.ts';
import { bytes, exact } from './amounts.ts';
import { markdownTable } from './markdown-table.ts';

/** The learned matrices, as they are written in the text. */
export const MATRICES = {
  query: 'W<sub>Q</sub>',
  key: 'W<sub>K</sub>',
  value: 'W<sub>V</sub>',
  output: 'W<sub>O</sub>',
};

/** What a layer learns, matrix by matrix. @param numberBytes bytes of one number */
export function parameterTable(sizes: LayerSizes, parameters: LayerParameters, numberBytes: number): string {
  const shapes = projectionShapes({ ...sizes, targets: 0, sources: 0 });
  const rows = (['query', 'key', 'value', 'output'] as const).map((name) => [
    MATRICES[name],
    shapes[name].map(exact).join(' × '),
    exact(parameters[name]),
  ]);
  const sum = `**${exact(parameters.total)}** · ${bytes(parameters.total * numberBytes)}`;
  return markdownTable(
    'llr',
    [vscode.l10n.t('Learned'), vscode.l10n.t('Input × output'), vscode.l10n.t('Parameters')],
    [...rows, [vscode.l10n.t('Biases'), '', exact(parameters.biases)], [`**${vscode.l10n.t('Sum')}**`, '', sum]],
  );
}
