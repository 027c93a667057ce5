import * as vscode from 'vscode';
import { layerParameters } from '../../attention/complexity.ts';
import { formatNumber } from '../../base/number-format.ts';
import type { KerasLayer } from '../../code/finding.ts';
import { kerasSizes } from '../../code/keras-attention.ts';
import { callNotes, costTable, EXAMPLE_LENGTH, generalCost, parametersText } from './hover-tables.ts';

/** Keras's MultiHeadAttention: the head's width is given, the inputs' width is not: it is shown for an example. */
export function kerasLayerText(layer: KerasLayer): string {
  return body(layer) + callNotes(layer);
}

function body(layer: KerasLayer): string {
  const { heads, keyDim, valueDim, biases } = layer;
  const width = heads !== undefined && keyDim !== undefined ? heads * keyDim : undefined;
  const sizes = width === undefined ? undefined : kerasSizes(layer, width);
  if (!sizes || width === undefined || heads === undefined || keyDim === undefined || valueDim === undefined)
    return vscode.l10n.t(
      '`num_heads` heads: their queries and keys have `key_dim` numbers each, their values `value_dim` (`key_dim` where that is left out). The layer learns the width of its inputs when it is first called.',
    );
  const total = (inputs: number) => layerParameters(kerasSizes(layer, inputs) ?? sizes, biases).total;
  const general = `${formatNumber(total(1) - total(0))}·D + ${formatNumber(total(0))}`;
  const heading =
    valueDim === keyDim
      ? vscode.l10n.t(
          '{0} heads, each with queries, keys and values of {1} numbers.',
          formatNumber(heads),
          formatNumber(keyDim),
        )
      : vscode.l10n.t(
          '{0} heads, each with queries and keys of {1} numbers and values of {2}.',
          formatNumber(heads),
          formatNumber(keyDim),
          formatNumber(valueDim),
        );
  return [
    heading,
    `\n\n${vscode.l10n.t(
      'The width D of its inputs is known only when the layer is first called; it then learns {0} parameters. For example with D = {1} · {2} = {3}:',
      general,
      formatNumber(heads),
      formatNumber(keyDim),
      formatNumber(width),
    )}`,
    `\n\n${parametersText(sizes, layerParameters(sizes, biases), 4)}\n\n`,
    vscode.l10n.t(
      'In: query N × T × {0}, value and key N × S × {0}; out: N × T × {1}. T queries, S keys, a batch of N texts.',
      formatNumber(width),
      formatNumber(sizes.outputWidth ?? width),
    ),
    `\n\n${vscode.l10n.t('For example one text of T = S = {0}:', EXAMPLE_LENGTH)}`,
    costTable({ ...sizes, targets: EXAMPLE_LENGTH, sources: EXAMPLE_LENGTH }, 4),
    generalCost(sizes),
  ].join('');
}
