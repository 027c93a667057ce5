import type { ModelInfo, WordAlignment } from '../../contract/model-info.ts';
import type { Config } from '../checkpoint/config.ts';
import type { Network } from '../transformer/network.ts';

interface Named {
  readonly layer?: unknown;
  readonly head?: unknown;
  readonly row?: unknown;
  readonly geometricMeanAbove?: unknown;
  readonly weightAbove?: unknown;
}

/**
 * `attention_explorer` of config.json, which transformers does not read: `alignment`, the head to open on, and
 * `bestAlignment`, how words are aligned best. Each is left out where it names a head that the decoder does not have.
 */
export function readAlignment(config: Config, network: Network): Pick<ModelInfo, 'alignmentHead' | 'wordAlignment'> {
  const section = config.raw('attention_explorer') as { alignment?: Named; bestAlignment?: Named } | undefined;
  const best = section?.bestAlignment;
  const head = existing(best, network);
  const above = (key: 'geometricMeanAbove' | 'weightAbove') => {
    const value = best?.[key];
    return typeof value === 'number' && value >= 0 && value <= 1 ? { [key]: value } : {};
  };
  const row: WordAlignment['row'] = best?.row === 'reading' ? 'reading' : 'predicting';
  return {
    alignmentHead: existing(section?.alignment, network),
    ...(head && { wordAlignment: { ...head, row, ...above('geometricMeanAbove'), ...above('weightAbove') } }),
  };
}

function existing(named: Named | undefined, { decoder }: Network): ModelInfo['alignmentHead'] {
  const { layer, head } = named ?? {};
  const cross = typeof layer === 'number' ? decoder?.layers[layer]?.cross : undefined;
  if (cross === undefined || !Number.isInteger(head) || (head as number) < 0 || (head as number) >= cross.heads) {
    return undefined;
  }
  return { layer: layer as number, head: head as number };
}
