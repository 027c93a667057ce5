import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import type { TermName } from './term-name.ts';

/** Words for where one is: kind of attention, layer, head. */
export function placeTerm(name: TermName, { state, overview }: ExplorationView, run: RunSummary): string | undefined {
  const [sources, targets] = [run.sourceTokens.length, run.targetTokens.length];
  const { headWidth } = run.model;
  switch (name) {
    case 'cross':
      return t(
        'Cross-attention: the decoder’s {0} target tokens ask (Q), the encoder’s {1} source tokens answer (K and V), so that there are {0} × {1} weights.',
        targets,
        sources,
      );
    case 'encoder':
      return t(
        'Encoder self-attention: the {0} source tokens ask each other (Q, K and V are all theirs), so that there are {0} × {0} weights.',
        sources,
      );
    case 'decoder':
      return t(
        'Decoder self-attention: the {0} target tokens ask each other (Q, K and V are all theirs), each only itself and those before it.',
        targets,
      );
    case 'layer':
      return state.layer === 'mean'
        ? t(
            'Layer: one of {0} that the text passes through, each attending to what the one before made of it; shown is their mean.',
            overview.layers,
          )
        : t(
            'Layer: one of {0} that the text passes through, each attending to what the one before made of it; shown is layer {1}.',
            overview.layers,
            state.layer + 1,
          );
    case 'head':
      return state.head === 'mean'
        ? t(
            'Head: one of {0} in a layer that attend side by side, each with queries, keys and values of its own, {1} numbers; shown is their mean.',
            overview.heads,
            headWidth,
          )
        : t(
            'Head: one of {0} in a layer that attend side by side, each with queries, keys and values of its own, {1} numbers; shown is head {2}.',
            overview.heads,
            headWidth,
            state.head + 1,
          );
    default:
      return undefined;
  }
}
