import type { RunSummary } from '../contract/run.ts';
import { clampView } from '../contract/state-bounds.ts';
import type { ViewState } from '../contract/view-state.ts';
import { runShape } from './run-shape.ts';

/**
 * Where an exploration opens: cross-attention, the head that the checkpoint names as the one that aligns (else the
 * first head of the last layer), the weights as a heatmap, whole words, and the first token that is no special one.
 */
export function initialView(run: Pick<RunSummary, 'model' | 'sourceTokens' | 'targetTokens'>): ViewState {
  const head = run.model.alignmentHead ?? { layer: run.model.decoderLayers - 1, head: 0 };
  const first = run.targetTokens.findIndex((token) => !token.special);
  return clampView(
    {
      kind: 'cross',
      layer: head.layer,
      head: head.head,
      query: Math.max(0, first),
      phase: 'match',
      unit: 'words',
      special: 'dim',
      picture: 'heatmap',
      matrix: 'attention',
      alignment: 'off',
      sort: 'layer',
      whatIf: undefined,
    },
    runShape(run),
  );
}
