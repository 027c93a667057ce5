import { drain } from '../base/scheduling.ts';
import type { RunOffers, RunSummary } from '../contract/run.ts';
import type { Predicted } from '../contract/view.ts';
import type { AttentionKind } from '../contract/view-state.ts';
import type { TokenLink } from '../insight/alignment.ts';
import { axesOf } from '../insight/axes.ts';
import { type OverviewWithSinks, overviewInSteps } from '../insight/overview.ts';
import type { Features, ForwardPass, Model } from '../model/model.ts';
import type { Matrix } from '../tensor/matrix.ts';

/** What a run offers whose model, Q, K and V are at hand. */
export const ALL_OFFERS: RunOffers = { queriesAndKeys: true, values: true, whatIf: true, generation: true };

/** What stays of a run: its summary, what every attention layer was given, and overviews once they were asked for. */
export interface RunResult {
  readonly summary: RunSummary;
  readonly model: Model;
  readonly pass: ForwardPass;
  /** The source as the model was given it, where that is no text. */
  readonly features?: Features;
  /** Filled by overviewFor; T × S work that no later view has to repeat. */
  readonly overviews: Map<AttentionKind, OverviewWithSinks>;
  /** Source and target aligned the way that the model's card found best; set once a view asked for it. */
  modelLinks?: readonly TokenLink[];
  /** By target position, of a run whose model is not at hand: one that was exported. */
  readonly predictions?: readonly Predicted[];
}

/** What the attention layers of a run hold in memory; weights, which are the model's, left out. */
export function runBytes({ pass }: Pick<RunResult, 'pass'>): number {
  const held = new Set<Matrix>([pass.encoderOutput, pass.decoderOutput]);
  for (const { input, q, k, v, output } of [...pass.encoder, ...pass.decoder, ...pass.cross]) {
    for (const one of [input, q, k, v, output]) if (one.kind !== 'deferred') held.add(one);
  }
  return [...held].reduce((sum, { rows, cols }) => sum + 4 * rows * cols, 0);
}

/** The overview of a run, computed once a kind and kept with it: what is handed out has to be a copy. */
export function overviewFor(run: RunResult, kind: AttentionKind): OverviewWithSinks {
  return drain(overviewForInSteps(run, kind));
}

/** The same with a pause after each head. */
export function* overviewForInSteps(
  run: RunResult,
  kind: AttentionKind,
): Generator<undefined, OverviewWithSinks, undefined> {
  let overview = run.overviews.get(kind);
  if (!overview) {
    const { rows, cols } = axesOf(run.summary, kind);
    const axes = { rows: rows.tokens, cols: cols.tokens, self: kind !== 'cross' };
    run.overviews.set(kind, (overview = yield* overviewInSteps(run.pass[kind], axes)));
  }
  return overview;
}
