import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { costTerm } from './cost-terms.ts';
import { generalTerm } from './general-terms.ts';
import { measureTerm } from './head-terms.ts';
import { methodTerm } from './method-terms.ts';
import { placeTerm } from './place-terms.ts';
import { stepTerm } from './step-terms.ts';
import type { TermName } from './term-name.ts';
import { textTerm } from './text-terms.ts';

/** What a word of the field means, in one sentence with the numbers of this pair, as it is looked at now. */
export function termText(name: TermName, view: ExplorationView, run: RunSummary): string {
  return (
    stepTerm(name, view) ??
    placeTerm(name, view, run) ??
    measureTerm(name, view) ??
    textTerm(name, view, run) ??
    costTerm(name, view, run) ??
    methodTerm(name, view, run) ??
    generalTerm(name, view, run)
  );
}
