import * as vscode from 'vscode';
import { exact } from '../../base/number-format.ts';
import type { TorchLayer } from '../../code/finding.ts';
import { torchParameters } from '../../code/torch-attention.ts';
import { callNotes } from '../code/call-notes.ts';
import { learnedText } from '../code/learned-text.ts';
import { costTable, EXAMPLE_LENGTH, generalCost } from './hover-tables.ts';

/** nn.MultiheadAttention: its heads, what it learns, what goes in and out, and what a call costs. */
export function torchLayerText(layer: TorchLayer): string {
  return body(layer) + callNotes(layer);
}

function body(layer: TorchLayer): string {
  const { width, heads, divides, sizes, numberBytes } = layer;
  if (width !== undefined && heads !== undefined && !divides)
    return vscode.l10n.t(
      '$(warning) {0} is not divisible by {1}: PyTorch refuses this layer. Choose `num_heads` so that each head gets a whole number of the {0} numbers of `embed_dim`.',
      exact(width),
      exact(heads),
    );
  const parameters = torchParameters(layer);
  if (!sizes || !parameters) return unknownWidth(heads);
  const shapes = `\n\n${learnedText(sizes, parameters, numberBytes)}${inputs(layer)}`;
  if (heads === undefined) return `${vscode.l10n.t('H heads of {0} / H numbers each.', exact(sizes.width))}${shapes}`;
  const more = Number(layer.learnedKey) + Number(layer.zeroKey);
  const sources = EXAMPLE_LENGTH + more;
  const example =
    more === 0
      ? vscode.l10n.t('For example one text of T = S = {0}:', EXAMPLE_LENGTH)
      : vscode.l10n.t(
          'For example one text of T = S = {0}; with `add_bias_kv` or `add_zero_attn` there are {1} keys:',
          EXAMPLE_LENGTH,
          sources,
        );
  return [
    vscode.l10n.t(
      '{0} heads, each with queries, keys and values of dₖ = {1} / {0} = {2} numbers.',
      exact(heads),
      exact(sizes.width),
      exact(sizes.headWidth),
    ),
    shapes,
    `\n\n${example}`,
    costTable({ ...sizes, targets: EXAMPLE_LENGTH, sources }, numberBytes),
    generalCost(sizes),
  ].join('');
}

function inputs({ sizes, batchFirst }: TorchLayer): string {
  const shape = (length: string, width: number | undefined) =>
    `${batchFirst === false ? `${length} × N` : batchFirst ? `N × ${length}` : `${length}, N`} × ${exact(width ?? 0)}`;
  const flow = vscode.l10n.t(
    'In: query {0}, key {1}, value {2}; out: {3}. T queries, S keys, a batch of N texts.',
    shape('T', sizes?.width),
    shape('S', sizes?.keyWidth),
    shape('S', sizes?.valueWidth),
    shape('T', sizes?.width),
  );
  const order = {
    true: vscode.l10n.t('`batch_first` is True: the batch comes first.'),
    false: vscode.l10n.t('`batch_first` is False: the length comes first.'),
    undefined: vscode.l10n.t('`batch_first` is not known here: length or batch comes first.'),
  }[String(batchFirst) as 'true' | 'false' | 'undefined'];
  return `\n\n${flow} ${order}`;
}

function unknownWidth(heads: number | undefined): string {
  return [
    vscode.l10n.t('{0} heads of E / {0} numbers each, E = `embed_dim`.', heads === undefined ? 'H' : exact(heads)),
    vscode.l10n.t(
      'It learns 4·E² + 4·E numbers: W<sub>Q</sub>, W<sub>K</sub>, W<sub>V</sub> and W<sub>O</sub> of E × E each, and their biases (with a `kdim` or `vdim` of its own, W<sub>K</sub> is kdim × E or W<sub>V</sub> vdim × E).',
    ),
    vscode.l10n.t(
      'T queries over S keys take (2·T + 2·S)·E² + 2·T·S·E multiply-adds, and leave H·T·S attention weights.',
    ),
  ].join('\n\n');
}
