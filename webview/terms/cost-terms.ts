import { layerComplexity, sumOfPhases } from '../../src/attention/complexity.ts';
import { type Method, methodComplexity } from '../../src/attention/method-complexity.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { count } from '../base/value-format.ts';
import { layerShape, METHOD_TERMS, methodHint, pairShape } from '../complexity/cost-names.ts';
import type { TermName } from '../controls/term.ts';

/** Words for what a layer costs at the sizes of this pair. */
export function costTerm(name: TermName, { state }: ExplorationView, run: RunSummary): string | undefined {
  const shape = layerShape(pairShape(run, state.kind), state.kind);
  const { targets, sources, heads, headWidth } = shape;
  const both = methodComplexity('full', shape);
  switch (name) {
    case 'complexity':
      return t(
        'O(T·S·d): every query meets every key, once to match and once to combine, 2 · {0} · {1} · {2} = {3} multiply-adds here; twice the text on both sides is four times the work.',
        targets,
        sources,
        heads * headWidth,
        count(both.multiplyAdds),
      );
    case 'operations':
      return t(
        'Operations: multiply-adds of matrix products; a layer takes {0} on this pair with its projections, {1} of them to match and combine.',
        count(sumOfPhases(layerComplexity(shape)).multiplyAdds),
        count(both.multiplyAdds),
      );
    case 'bytes':
      return t(
        'Bytes: memory for what has to be kept meanwhile; {0} heads of {1} × {2} weights of 4 bytes are {3} here.',
        heads,
        targets,
        sources,
        count(both.bytes),
      );
    case 'time':
      return t(
        'Time: what match and combine really take on this machine, measured with random numbers of {0} heads of {1}.',
        heads,
        headWidth,
      );
    default:
      return undefined;
  }
}

/** What a way does, and what it would cost at the lengths of this pair. */
export function methodTerm(name: TermName, { state }: ExplorationView, run: RunSummary): string | undefined {
  const [method] = Object.entries(METHOD_TERMS).find(([, one]) => one === name) ?? [];
  if (!method) return undefined;
  const shape = layerShape(pairShape(run, state.kind), state.kind);
  const { multiplyAdds, bytes } = methodComplexity(method as Method, shape);
  return t(
    '{0}; for this pair {1} multiply-adds and {2} bytes.',
    methodHint(method as Method),
    count(multiplyAdds),
    count(bytes),
  );
}
