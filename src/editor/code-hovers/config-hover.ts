import * as vscode from 'vscode';
import { layerComplexity, layerParameters, sumOfPhases } from '../../attention/complexity.ts';
import { formatBinaryBytes, formatNumber } from '../../base/number-format.ts';
import type { ConfigFinding, ConfigStack } from '../../code/finding.ts';
import { plain } from '../host/localized-text.ts';
import { EXAMPLE_LENGTH, markdownTable } from './hover-tables.ts';

/** A field of a model's config.json: what it is, and what the config as a whole makes of attention. */
export function configText(found: ConfigFinding): string {
  return [meaning(found), ...(found.problem ? [problem(found)] : rest(found))].join('\n\n');
}

function meaning({ field, value, stacks, part }: ConfigFinding): string {
  const sizes = (stacks.find((stack) => stack.part === part) ?? stacks[0])?.sizes;
  switch (field) {
    case 'width':
      return vscode.l10n.t('Width D of the model: each token is a vector of {0} numbers.', formatNumber(value));
    case 'heads':
      return sizes
        ? vscode.l10n.t(
            'Heads H: each layer attends in {0} ways side by side, each with queries and keys of dₖ = {1} numbers.',
            formatNumber(value),
            formatNumber(sizes.headWidth),
          )
        : vscode.l10n.t('Heads H: each layer attends in {0} ways side by side.', formatNumber(value));
    case 'keyHeads':
      return sizes && sizes.heads > value
        ? vscode.l10n.t(
            'Heads of keys and values: {0} heads of queries share each of them (grouped-query attention), so that the cache of keys and values is {0} times smaller.',
            formatNumber(sizes.heads / value),
          )
        : vscode.l10n.t('Heads of keys and values: one for each head of queries.');
    case 'headWidth':
      return vscode.l10n.t('Width dₖ of a head: its queries, keys and values have {0} numbers.', formatNumber(value));
    case 'layers':
      return vscode.l10n.t(
        'Layers L: {0} of them, one above the other, each with attention of its own.',
        formatNumber(value),
      );
    case 'positions':
      return vscode.l10n.t(
        'Longest text in tokens. At that length one head of self-attention has {0}² = {1} weights.',
        formatNumber(value),
        formatNumber(value * value),
      );
  }
}

function problem({ problem: what }: ConfigFinding): string {
  return what === 'heads'
    ? vscode.l10n.t(
        '$(warning) The heads do not divide the width, and no width of a head is given: no head gets a whole number of it.',
      )
    : vscode.l10n.t(
        '$(warning) The heads of keys and values do not divide the heads of queries: the groups would not be of one size.',
      );
}

function rest({ stacks, positions, numberBytes, dtype, writes }: ConfigFinding): string[] {
  if (stacks.length === 0)
    return [
      vscode.l10n.t(
        'Width or heads are not in this object: the family’s own defaults are used, which are not in the file.',
      ),
    ];
  const length = Math.min(EXAMPLE_LENGTH, positions ?? EXAMPLE_LENGTH);
  const names = {
    self: vscode.l10n.t('Self-attention'),
    encoder: vscode.l10n.t('Encoder self-attention'),
    decoder: vscode.l10n.t('Decoder self-attention'),
    cross: vscode.l10n.t('Cross-attention'),
  };
  const rows = stacks.map(({ part, layers, sizes, biases }) => {
    const { total } = layerParameters(sizes, biases ?? NO_BIASES);
    const cost = sumOfPhases(layerComplexity({ ...sizes, targets: length, sources: length }));
    const times = layers === undefined ? 'L × ' : `${formatNumber(layers)} × `;
    const weights = sizes.heads * length * length * numberBytes;
    return [
      names[part],
      `${times}${formatNumber(total)}`,
      `${times}${formatNumber(cost.multiplyAdds)}`,
      `${times}${formatBinaryBytes(weights)}`,
    ];
  });
  const head = [
    vscode.l10n.t('Layers'),
    vscode.l10n.t('Parameters'),
    vscode.l10n.t('Multiply-adds'),
    vscode.l10n.t('Weights'),
  ];
  return [
    markdownTable('lrrr', head, rows).trim(),
    vscode.l10n.t(
      'Operations and weights for example for T = S = {0} tokens, numbers of {1} ({2} bytes).',
      length,
      plain(dtype),
      numberBytes,
    ),
    ...sum(stacks),
    ...cache(stacks, writes, numberBytes, positions),
  ];
}

const NO_BIASES = { query: false, key: false, value: false, output: false };

function sum(stacks: readonly ConfigStack[]): string[] {
  const known = stacks.every(({ layers }) => layers !== undefined);
  const all = stacks.reduce(
    (total, { layers = 0, sizes, biases }) => total + layers * layerParameters(sizes, biases ?? NO_BIASES).total,
    0,
  );
  return [
    ...(known ? [vscode.l10n.t('Attention learns {0} parameters in all.', formatNumber(all))] : []),
    ...(stacks.some(({ biases }) => biases === undefined)
      ? [vscode.l10n.t('Biases are not counted: whether this family adds them is not known here.')]
      : []),
  ];
}

/** While a model writes, the keys and values of what stands already are kept. */
function cache(
  stacks: readonly ConfigStack[],
  writes: boolean,
  numberBytes: number,
  positions: number | undefined,
): string[] {
  const stack = stacks.find(({ part }) => part === 'decoder') ?? stacks.find(({ part }) => part === 'self');
  if (!stack?.layers || !writes) return [];
  const { layers, sizes } = stack;
  const one = 2 * layers * (sizes.keyHeads ?? sizes.heads) * sizes.headWidth * numberBytes;
  return [
    positions
      ? vscode.l10n.t(
          'While it writes, it keeps {0} of keys and values for each token (for {1} tokens {2}).',
          formatBinaryBytes(one),
          formatNumber(positions),
          formatBinaryBytes(one * positions),
        )
      : vscode.l10n.t('While it writes, it keeps {0} of keys and values for each token.', formatBinaryBytes(one)),
  ];
}
