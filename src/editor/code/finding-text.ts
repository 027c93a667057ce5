import type { Finding } from '../../code/finding.ts';
import { configText } from './config-text.ts';
import { formulaText } from './formula-text.ts';
import { kerasLayerText } from './keras-layer-text.ts';
import { torchFunctionText } from './torch-function-text.ts';
import { torchLayerText } from './torch-layer-text.ts';

/** What a hover says of attention in code or notes, in Markdown. Everything that comes from the file is escaped. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'torch-layer':
      return torchLayerText(finding);
    case 'keras-layer':
      return kerasLayerText(finding);
    case 'torch-function':
      return torchFunctionText(finding);
    case 'formula':
      return formulaText(finding);
    case 'config':
      return configText(finding);
  }
}
