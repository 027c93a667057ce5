import * as vscode from 'vscode';
import type { RunSummary } from '../contract/run.ts';
import type { AnchoredPair, PlacedText } from './pairs/anchored-pair.ts';
import { AnchoredText } from './pairs/anchored-text.ts';

/** Target as source and source as target; a target that the model wrote stands in no document. */
export function swapPair(pair: AnchoredPair, run: RunSummary): AnchoredPair {
  const written: PlacedText = {
    uri: vscode.Uri.parse('attention-explorer:written'),
    anchor: new AnchoredText(run.target, 0),
  };
  return { source: pair.target ?? written, target: pair.source };
}
