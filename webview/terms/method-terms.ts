import { type Method, methodComplexity } from '../../src/attention/method-complexity.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { methodHint } from '../complexity/cost-names.ts';
import { layerShape, pairShape } from '../complexity/pair-shape.ts';
import type { TermName } from './term-name.ts';

/** The ways from Q, K and V to the context that the chart shows. */
export const METHOD_TERMS: Readonly<Record<Method, TermName>> = {
  full: 'methodFull',
  cross: 'methodCross',
  streaming: 'methodStreaming',
  window: 'methodWindow',
  linear: 'methodLinear',
};

/** What a way does, and what it would cost at the lengths of this pair. */
export function methodTerm(name: TermName, { state }: ExplorationView, run: RunSummary): string | undefined {
  const [method] = Object.entries(METHOD_TERMS).find(([, one]) => one === name) ?? [];
  if (!method) return undefined;
  const shape = layerShape(pairShape(run, state.kind), state.kind);
  const { multiplyAdds, bytes } = methodComplexity(method as Method, shape);
  return t(
    '{0}; for this pair {1} multiply-adds and {2} bytes.',
    methodHint(method as Method),
    multiplyAdds.toLocaleString('en-US'),
    bytes.toLocaleString('en-US'),
  );
}
