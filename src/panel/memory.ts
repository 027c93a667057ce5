import * as vscode from 'vscode';
import type { AnchoredPair, PlacedText } from '../editor/anchored-pair.ts';
import { AnchoredText } from '../editor/anchored-text.ts';
import type { ExplorationController } from '../editor/exploration-controller.ts';
import type { ViewState } from '../exploration/view-state.ts';

const KEY = 'attentionExplorer.last';

interface StoredText {
  readonly uri: string;
  readonly start: number;
  readonly text: string;
}

interface Stored {
  readonly source: StoredText;
  readonly target?: StoredText;
  readonly direction?: string;
  readonly state?: ViewState;
}

/** What is kept of an exploration over a reload of the window: texts and where they stand, and the state; no data. */
export class Memory {
  constructor(private readonly store: vscode.Memento) {}

  async keep(controller: ExplorationController): Promise<void> {
    const { pair, run, state } = controller;
    if (!pair || !run) return;
    const stored: Stored = {
      source: pack(pair.source),
      target: pair.target && pack(pair.target),
      direction: run.direction,
      state,
    };
    await this.store.update(KEY, stored);
  }

  /** @returns the pair as it was, or undefined when nothing was kept */
  recall(): { readonly pair: AnchoredPair; readonly direction?: string; readonly state?: ViewState } | undefined {
    const stored = this.store.get<Stored>(KEY);
    if (!stored?.source?.text) return undefined;
    const { source, target, direction, state } = stored;
    return { pair: { source: unpack(source), target: target && unpack(target) }, direction, state };
  }
}

function pack({ uri, anchor }: PlacedText): StoredText {
  return { uri: uri.toString(), start: anchor.start, text: anchor.text };
}

function unpack({ uri, start, text }: StoredText): PlacedText {
  return { uri: vscode.Uri.parse(uri), anchor: new AnchoredText(text, start) };
}
