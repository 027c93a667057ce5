import * as vscode from 'vscode';
import { methodComplexity } from '../../attention/method-complexity.ts';
import { formatBinaryBytes, formatNumber } from '../../base/number-format.ts';
import type { TorchFunction, TorchLayer } from '../../code/finding.ts';
import { torchParameters } from '../../code/torch-attention.ts';
import { callNotes, costTable, EXAMPLE_LENGTH, generalCost, parametersText } from './hover-tables.ts';

/** nn.MultiheadAttention: its heads, what it learns, what goes in and out, and what a call costs. */
export function torchLayerText(layer: TorchLayer): string {
  return body(layer) + callNotes(layer);
}

function body(layer: TorchLayer): string {
  const { width, heads, divides, sizes, numberBytes } = layer;
  if (width !== undefined && heads !== undefined && !divides)
    return vscode.l10n.t(
      '$(warning) {0} is not divisible by {1}: PyTorch refuses this layer. Choose `num_heads` so that each head gets a whole number of the {0} numbers of `embed_dim`.',
      formatNumber(width),
      formatNumber(heads),
    );
  const parameters = torchParameters(layer);
  if (!sizes || !parameters) return unknownWidth(heads);
  const shapes = `\n\n${parametersText(sizes, parameters, numberBytes)}${inputs(layer)}`;
  if (heads === undefined)
    return `${vscode.l10n.t('H heads of {0} / H numbers each.', formatNumber(sizes.width))}${shapes}`;
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
      formatNumber(heads),
      formatNumber(sizes.width),
      formatNumber(sizes.headWidth),
    ),
    shapes,
    `\n\n${example}`,
    costTable({ ...sizes, targets: EXAMPLE_LENGTH, sources }, numberBytes),
    generalCost(sizes),
  ].join('');
}

function inputs({ sizes, batchFirst }: TorchLayer): string {
  const shape = (length: string, width: number | undefined) =>
    `${batchFirst === false ? `${length} × N` : batchFirst ? `N × ${length}` : `${length}, N`} × ${formatNumber(width ?? 0)}`;
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
    vscode.l10n.t(
      '{0} heads of E / {0} numbers each, E = `embed_dim`.',
      heads === undefined ? 'H' : formatNumber(heads),
    ),
    vscode.l10n.t(
      'It learns 4·E² + 4·E numbers: W<sub>Q</sub>, W<sub>K</sub>, W<sub>V</sub> and W<sub>O</sub> of E × E each, and their biases (with a `kdim` or `vdim` of its own, W<sub>K</sub> is kdim × E or W<sub>V</sub> vdim × E).',
    ),
    vscode.l10n.t(
      'T queries over S keys take (2·T + 2·S)·E² + 2·T·S·E multiply-adds, and leave H·T·S attention weights.',
    ),
  ].join('\n\n');
}

const EXAMPLE = { batch: 1, heads: 8, headWidth: 64, valueHeadWidth: 64 };

/** F.scaled_dot_product_attention: all three steps in one call, on tensors whose sizes may stand in the file. */
export function torchFunctionText(found: TorchFunction): string {
  const formula = `softmax(Q·Kᵀ${scaleText(found.scale)}${found.masked || found.causal ? ' + M' : ''})·V`;
  const what = vscode.l10n.t('{0} in one call. It learns nothing: Q, K and V come in already projected.', formula);
  return [what, ...notes(found), sizesText(found)].join('\n\n') + callNotes(found);
}

function scaleText(scale: TorchFunction['scale']): string {
  if (scale === 'default') return '/√dₖ';
  return ` · ${scale ?? 'scale'}`;
}

function notes({ causal, grouped }: TorchFunction): string[] {
  return [
    ...(causal ? [vscode.l10n.t('`is_causal`: query t sees keys 0 to t alone; later ones get −∞, and weight 0.')] : []),
    ...(grouped ? [vscode.l10n.t('`enable_gqa`: several heads of queries share one head of keys and values.')] : []),
  ];
}

function sizesText({ query, key, value, grouped, numberBytes }: TorchFunction): string {
  if (!query || !key || !value) return unknownSizes();
  const [targets, headWidth] = query.slice(-2);
  const [sources, keyWidth] = key.slice(-2);
  const [values, valueHeadWidth] = value.slice(-2);
  if (headWidth !== keyWidth)
    return vscode.l10n.t('$(warning) Queries of {0} numbers do not fit keys of {1}.', headWidth, keyWidth);
  if (sources !== values) return vscode.l10n.t('$(warning) There are {0} keys, but {1} values.', sources, values);
  const [heads, keyHeads] = [query.at(-3) ?? 1, key.at(-3) ?? 1];
  if (heads !== keyHeads && !(grouped && heads % keyHeads === 0) && keyHeads !== 1)
    return vscode.l10n.t('$(warning) {0} heads of queries do not fit {1} heads of keys.', heads, keyHeads);
  const batch = query.slice(0, -3).reduce((product, size) => product * size, 1);
  const output = [...query.slice(0, -1), valueHeadWidth];
  const shapes = vscode.l10n.t('Q {0}, K {1}, V {2}; out: {3}.', dims(query), dims(key), dims(value), dims(output));
  return `${shapes}\n\n${cost({ batch, heads, targets, sources, headWidth, valueHeadWidth }, numberBytes)}`;
}

interface Sizes {
  readonly batch: number;
  readonly heads: number;
  readonly targets: number;
  readonly sources: number;
  readonly headWidth: number;
  readonly valueHeadWidth: number;
}

function cost({ batch, ...sizes }: Sizes, numberBytes: number): string {
  const shape = { ...sizes, width: sizes.heads * sizes.headWidth };
  const { multiplyAdds, bytes: held } = methodComplexity('full', shape);
  return [
    vscode.l10n.t(
      'N·H·T·S·(dₖ + dᵥ) = {0} multiply-adds, with N = {1} texts, H = {2} heads, T = {3} queries, S = {4} keys, dₖ = {5}, dᵥ = {6}.',
      formatNumber(batch * multiplyAdds),
      formatNumber(batch),
      formatNumber(sizes.heads),
      formatNumber(sizes.targets),
      formatNumber(sizes.sources),
      formatNumber(sizes.headWidth),
      formatNumber(sizes.valueHeadWidth),
    ),
    vscode.l10n.t(
      'The N·H·T·S weights would take {0}; the fused kernels (FlashAttention) compute them tile by tile and keep none.',
      formatBinaryBytes(((batch * held) / 4) * numberBytes),
    ),
  ].join('\n\n');
}

function unknownSizes(): string {
  return [
    vscode.l10n.t('The sizes are those of the tensors, which this file does not make of literal sizes. For example:'),
    cost({ ...EXAMPLE, targets: EXAMPLE_LENGTH, sources: EXAMPLE_LENGTH }, 4),
  ].join('\n\n');
}

const dims = (sizes: readonly number[]): string => sizes.map(formatNumber).join(' × ');
