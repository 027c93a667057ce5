import type { Uri } from 'vscode';
import type { AnchoredText } from './anchored-text.ts';

/** A text and the document it was taken from. */
export interface PlacedText {
  readonly uri: Uri;
  readonly anchor: AnchoredText;
  /** The document is a sound or a picture; the anchor holds its name. */
  readonly media?: true;
}

/** What is explored: source, target, and where each stands. `target` is undefined where the model writes it. */
export interface AnchoredPair {
  readonly source: PlacedText;
  readonly target: PlacedText | undefined;
}
