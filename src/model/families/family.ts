import type { Config } from '../config.ts';
import type { Network } from '../network.ts';
import type { Weights } from '../weights.ts';

/** A family of checkpoints: which weights it has, under which names, and where it differs. */
export interface Family {
  /** `model_type` of config.json. */
  readonly type: string;
  /** @throws ExplorerError 'model-config', 'model-shape', 'model-nan' */
  build(config: Config, weights: Weights): Network;
}
