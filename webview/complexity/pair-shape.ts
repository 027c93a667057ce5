import type { LayerShape } from '../../src/attention/complexity.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';

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
