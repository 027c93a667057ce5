import * as vscode from 'vscode';
import { type LayerParameters, projectionShapes } from '../../attention/complexity.ts';
import { bytes, exact } from '../../base/number-format.ts';
import type { LayerSizes } from '../../code/finding.ts';

/** What a layer learns, matrix by matrix, as input × output. @param numberBytes bytes of one number */
export function learnedText(sizes: LayerSizes, parameters: LayerParameters, numberBytes: number): string {
  const shapes = projectionShapes({ ...sizes, targets: 0, sources: 0 });
  const of = (name: keyof typeof shapes) => shapes[name].map(exact).join(' × ');
  return vscode.l10n.t(
    'It learns **{0}** parameters ({1}): W<sub>Q</sub> {2}, W<sub>K</sub> {3}, W<sub>V</sub> {4}, W<sub>O</sub> {5}, and {6} biases.',
    exact(parameters.total),
    bytes(parameters.total * numberBytes),
    of('query'),
    of('key'),
    of('value'),
    of('output'),
    exact(parameters.biases),
  );
}
