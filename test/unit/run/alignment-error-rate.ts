import type { RunSummary, TokenInfo } from '../../../src/contract/run.ts';
import type { TokenLink } from '../../../src/insight/alignment.ts';

/** Links made by hand between the tokens of two texts, by index. */
export interface GoldPair {
  readonly source: string;
  readonly target: string;
  readonly sourceTokens: readonly string[];
  readonly targetTokens: readonly string[];
  readonly sure: readonly (readonly [number, number])[];
  readonly possible: readonly (readonly [number, number])[];
}

type Span = readonly [number, number];

/** Piece links as links of hand-made tokens, `i-j`: pieces link every token that they overlap. */
export function tokenLinks(summary: RunSummary, links: readonly TokenLink[], gold: GoldPair): Set<string> {
  const [sources, targets] = [spans(gold.sourceTokens, gold.source), spans(gold.targetTokens, gold.target)];
  return new Set(
    links.flatMap(({ source, target }) =>
      overlapped(summary.sourceTokens[source], sources).flatMap((i) =>
        overlapped(summary.targetTokens[target], targets).map((j) => `${i}-${j}`),
      ),
    ),
  );
}

/** AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|), P with S in it, over all pairs. Source: Och and Ney 2003. */
export function alignmentErrorRate(found: readonly ReadonlySet<string>[], gold: readonly GoldPair[]): number {
  let hits = 0;
  let total = 0;
  found.forEach((links, n) => {
    const sure = new Set(gold[n].sure.map(([i, j]) => `${i}-${j}`));
    const possible = new Set([...sure, ...gold[n].possible.map(([i, j]) => `${i}-${j}`)]);
    for (const link of links) hits += Number(sure.has(link)) + Number(possible.has(link));
    total += links.size + sure.size;
  });
  return 1 - hits / total;
}

function spans(tokens: readonly string[], text: string): Span[] {
  let at = 0;
  return tokens.map((token) => {
    const start = text.indexOf(token, at);
    at = start + token.length;
    return [start, at];
  });
}

function overlapped({ start, end }: TokenInfo, tokens: readonly Span[]): number[] {
  return tokens.flatMap(([from, to], i) => (Math.min(end, to) > Math.max(start, from) ? [i] : []));
}
