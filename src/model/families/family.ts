import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Network } from '../transformer/network.ts';

/** A family of checkpoints: which weights it has, under which names, and where it differs. */
export interface Family {
  /** `model_type` of config.json. */
  readonly type: string;
  /** @throws ExplorerError 'model-config', 'model-shape', 'model-nan' */
  build(config: Config, weights: Weights): Network;
}
