import type { RunSummary } from '../../src/contract/run.ts';

/** Language codes of the two sides, as far as the model's directions tell. */
export function languages(run: Pick<RunSummary, 'model' | 'direction'>): {
  readonly source: string;
  readonly target: string;
} {
  const { directions } = run.model;
  const target = directions.find((direction) => direction.token === run.direction)?.language;
  const others = directions.filter((direction) => direction.language !== target);
  if (!target) return { source: 'src', target: 'tgt' };
  return { source: others.length === 1 ? others[0]!.language : 'src', target };
}
