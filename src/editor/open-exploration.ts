import type { ExploreOptions } from '../session/session.ts';
import type { AnchoredPair } from './pairs/anchored-pair.ts';

/**
 * Explores a pair in a panel of its own, or in the one that has this pair already.
 * @returns id of the run, undefined when it failed or was cancelled; that has been shown
 */
export type OpenExploration = (pair: AnchoredPair, options?: ExploreOptions) => Promise<string | undefined>;
