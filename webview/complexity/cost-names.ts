import type { LayerShape } from '../../src/attention/complexity.ts';
import type { Method } from '../../src/attention/method-complexity.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';
import type { TermName } from '../controls/term.ts';

/** Colour and dash of a method's line: told apart without colour, too. */
export const LINES: Readonly<Record<Method, { readonly color: string; readonly dash: string }>> = {
  full: { color: 'var(--neg)', dash: '' },
  cross: { color: 'var(--vscode-charts-blue)', dash: '' },
  streaming: { color: 'var(--vscode-charts-yellow)', dash: '9 3 2 3' },
  window: { color: 'var(--vscode-charts-purple)', dash: '6 3' },
  linear: { color: 'var(--vscode-charts-green)', dash: '2 3' },
};

export function methodName(method: Method, sources: number): string {
  switch (method) {
    case 'full':
      return t('full n²·d');
    case 'cross':
      return t('cross T·S·d, S = {0}', sources);
    case 'streaming':
      return t('streaming n²·d');
    case 'window':
      return t('window 64');
    case 'linear':
      return t('linear n·d·dₖ');
  }
}

/** One sentence a method, for its tooltip. */
export function methodHint(method: Method): string {
  switch (method) {
    case 'full':
      return t('Every query with every key, all weights kept: the textbook’s O(n²·d) time and O(n²) memory');
    case 'cross':
      return t(
        'T queries of the decoder over the S keys of the encoder: O(T·S·d), the textbook’s case where S = T = n',
      );
    case 'streaming':
      return t('The same result in tiles, with memory that grows with n (online softmax)');
    case 'window':
      return t('Each query sees the 64 keys around it: O(n·w·d), but nothing farther away');
    case 'linear':
      return t('softmax replaced by a feature map: O(n·d·dₖ), another function than softmax attention');
  }
}

/** 1,281,024 below a million, 1.3 M, 4.2 G beyond. */
export function compact(value: number): string {
  for (const [size, letter] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
  ] as const) {
    if (value >= size) return `${(value / size).toFixed(1)} ${letter}`;
  }
  return count(Math.round(value));
}

export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return value >= 0.1 ? `${value.toFixed(value >= 10 ? 0 : 1)} ms` : `${(value * 1000).toFixed(0)} µs`;
}

/** The sizes of this pair: T targets and S sources, over a layer of the side that is looked at. */
export function pairShape(run: RunSummary, kind: AttentionKind): LayerShape {
  const { model } = run;
  return {
    targets: run.targetTokens.length,
    sources: run.sourceTokens.length,
    width: model.width,
    heads: kind === 'encoder' ? model.encoderHeads : model.decoderHeads,
    headWidth: model.headWidth,
  };
}

/** What a layer of one kind has of a pair T × S: cross T × S, encoder S × S, decoder T × T. */
export function layerShape(pair: LayerShape, kind: AttentionKind): LayerShape {
  return {
    ...pair,
    targets: kind === 'encoder' ? pair.sources : pair.targets,
    sources: kind === 'decoder' ? pair.targets : pair.sources,
  };
}

/** The ways from Q, K and V to the context that the chart shows. */
export const METHOD_TERMS: Readonly<Record<Method, TermName>> = {
  full: 'methodFull',
  cross: 'methodCross',
  streaming: 'methodStreaming',
  window: 'methodWindow',
  linear: 'methodLinear',
};
