import * as vscode from 'vscode';
import {
  type LayerParameters,
  type LayerShape,
  layerComplexity,
  projectionShapes,
  sumOfPhases,
} from '../../attention/complexity.ts';
import { formatBinaryBytes, formatNumber } from '../../base/number-format.ts';
import type { LayerSizes } from '../../code/finding.ts';
import type { ResolvedName } from '../../code/python-scopes.ts';
import { formatList } from '../host/localized-text.ts';

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
    rows.map(([name, what, cost]) => [
      name,
      what,
      formatNumber(cost.multiplyAdds),
      formatBinaryBytes((cost.bytes / 4) * numberBytes),
    ]),
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
    `${formatNumber(perTarget)}·T + ${formatNumber(perSource)}·S + ${formatNumber(perPair)}·T·S`,
    `${formatNumber(sizes.heads)}·T·S`,
  );
}

/** What a layer learns, matrix by matrix, as input × output. @param numberBytes bytes of one number */
export function parametersText(sizes: LayerSizes, parameters: LayerParameters, numberBytes: number): string {
  const shapes = projectionShapes({ ...sizes, targets: 0, sources: 0 });
  const of = (name: keyof typeof shapes) => shapes[name].map(formatNumber).join(' × ');
  return vscode.l10n.t(
    'It learns **{0}** parameters ({1}): W<sub>Q</sub> {2}, W<sub>K</sub> {3}, W<sub>V</sub> {4}, W<sub>O</sub> {5}, and {6} biases.',
    formatNumber(parameters.total),
    formatBinaryBytes(parameters.total * numberBytes),
    of('query'),
    of('key'),
    of('value'),
    of('output'),
    formatNumber(parameters.biases),
  );
}

/** Room between columns: VS Code's hovers leave none. */
const GAP = '&emsp;';

/** A table in Markdown. @param align for each column l or r */
export function markdownTable(align: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i > 0 ? `${GAP}${cell}` : cell)).join(' | ')} |`;
  const rule = [...align].map((side) => (side === 'r' ? '--:' : ':--'));
  return `\n\n${[line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')}\n\n`;
}

interface Call {
  readonly resolved: readonly ResolvedName[];
  readonly unread: readonly string[];
  readonly more: boolean;
}

/** Where the numbers come from, and which are not known: what is shown is only as good as that. Names are identifiers. */
export function callNotes({ resolved, unread, more }: Call): string {
  const notes: string[] = [];
  const names = resolved.filter(({ value }) => typeof value === 'number');
  if (names.length > 0) {
    const list = names.map(({ name, value, line, isDefault }) =>
      isDefault
        ? vscode.l10n.t('{0} = {1} (default in line {2})', `\`${name}\``, String(value), line)
        : vscode.l10n.t('{0} = {1} (line {2})', `\`${name}\``, String(value), line),
    );
    notes.push(vscode.l10n.t('Read from this file: {0}.', formatList(list)));
  }
  if (unread.length > 0)
    notes.push(
      vscode.l10n.t(
        'Not a literal in this file, so not known here: {0}.',
        formatList(unread.map((name) => `\`${name}\``)),
      ),
    );
  if (more) notes.push(vscode.l10n.t('More arguments come by `*` or `**`, and may change this.'));
  return notes.map((note) => `\n\n${note}`).join('');
}
