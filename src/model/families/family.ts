import type { ModelInput } from '../../contract/model-info.ts';
import type { Config } from '../checkpoint/config.ts';
import type { GenerationConfig } from '../checkpoint/generation-config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Languages, Tokenizer } from '../model.ts';
import type { Network } from '../transformer/network.ts';

/** A family of checkpoints: which weights it has, under which names, what it reads, and where it differs. */
export interface Family {
  /** `model_type` of config.json. */
  readonly type: string;
  /** @throws ExplorerError 'model-config', 'model-shape', 'model-nan' */
  build(config: Config, weights: Weights): Network;
  /** Which languages or tasks a checkpoint offers; left out: none. */
  languages?(files: LanguageFiles): Languages;
  /**
   * How a sound or a picture becomes the model's input; left out: the model reads text.
   * @param preprocessor preprocessor_config.json, or an empty config    @throws ExplorerError 'model-config'
   */
  input?(config: Config, preprocessor: Config): ModelInput;
}

/** The files of a folder that languages are read from. */
export interface LanguageFiles {
  readonly config: Config;
  /** generation_config.json and tokenizer_config.json, where they are there. */
  readonly generationConfig: Config | undefined;
  readonly tokenizerConfig: Config | undefined;
  readonly generation: GenerationConfig;
  readonly tokenizer: Tokenizer;
}
