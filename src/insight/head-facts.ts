import type { ExplorationView, Overview } from '../contract/view.ts';
import { bestHead } from './best-head.ts';
import type { OverviewWithSinks } from './overview.ts';

/** An overview to be transferred away, and the heads that have most of each measure. */
export function headFacts(
  { sinks, ...kept }: OverviewWithSinks,
  keys: readonly { readonly text: string }[],
): { overview: Overview; facts: Pick<ExplorationView['facts'], 'sharpest' | 'diagonal' | 'sink'> } {
  const { heads, measures } = kept;
  const sink = bestHead(measures.sink, heads, 'most');
  return {
    overview: {
      ...kept,
      values: kept.values.slice(),
      measures: {
        entropy: measures.entropy.slice(),
        diagonal: measures.diagonal.slice(),
        sink: measures.sink.slice(),
      },
    },
    facts: {
      sharpest: bestHead(measures.entropy, heads, 'least'),
      diagonal: bestHead(measures.diagonal, heads, 'most'),
      sink: { ...sink, key: keys[sinks[sink.layer * heads + sink.head]]?.text ?? '' },
    },
  };
}
