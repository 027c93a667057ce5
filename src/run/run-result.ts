import type { RunSummary } from '../contract/run.ts';
import type { Predicted } from '../contract/view.ts';
import type { AttentionKind } from '../contract/view-state.ts';
import type { OverviewWithSinks } from '../insight/overview.ts';
import type { PieceLink } from '../insight/piece-link.ts';
import type { Features, ForwardPass, Model } from '../model/model.ts';

/** What stays of a run: its summary, what every attention layer was given, and overviews once they were asked for. */
export interface KeptRun {
  readonly summary: RunSummary;
  readonly model: Model;
  readonly pass: ForwardPass;
  /** The source as the model was given it, where that is no text. */
  readonly features?: Features;
  /** Filled by overviewFor; T × S work that no later view has to repeat. */
  readonly overviews: Map<AttentionKind, OverviewWithSinks>;
  /** Source and target aligned the way that the model's card found best; set once a view asked for it. */
  modelLinks?: readonly PieceLink[];
  /** By target position, of a run whose model is not at hand: one that was exported. */
  readonly predictions?: readonly Predicted[];
}
