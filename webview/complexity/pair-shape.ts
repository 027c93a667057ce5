import type { LayerShape } from '../../src/attention/complexity.ts';
import type { AttentionKind } from '../../src/exploration/view-state.ts';
import type { RunSummary } from '../../src/protocol/run.ts';

/** The sizes that this pair gives a layer of the kind looked at. */
export function pairShape(run: RunSummary, kind: AttentionKind): LayerShape {
  const { model } = run;
  const [targets, sources] = [run.targetTokens.length, run.sourceTokens.length];
  return {
    targets: kind === 'encoder' ? sources : targets,
    sources: kind === 'decoder' ? targets : sources,
    width: model.width,
    heads: kind === 'encoder' ? model.encoderHeads : model.decoderHeads,
    headWidth: model.headWidth,
  };
}
